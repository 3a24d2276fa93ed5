-- 站内消息 (A-64).
CREATE TABLE message (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	role SMALLINT NOT NULL,
	user_id BIGINT NOT NULL,
	title VARCHAR(100) NOT NULL,
	text VARCHAR(1000) NOT NULL,
	application CHAR(32) NULL,
	file CHAR(32) NULL,
	read_at BIGINT NULL,
	created_at BIGINT NOT NULL,
	KEY by_reader (role, user_id, id),
	KEY by_unread (role, user_id, read_at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
