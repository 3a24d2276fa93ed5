CREATE TABLE staff (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	account VARCHAR(64) NOT NULL,
	name VARCHAR(60) NOT NULL,
	password VARCHAR(200) NOT NULL,
	bureau_id BIGINT NOT NULL,
	role SMALLINT NOT NULL COMMENT 'role.def',
	must_change TINYINT NOT NULL DEFAULT 1,
	disabled TINYINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL,
	UNIQUE KEY by_account (account),
	KEY by_bureau (bureau_id)
) ENGINE = InnoDB
