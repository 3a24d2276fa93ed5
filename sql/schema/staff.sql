-- People of the bureaus (A-48, A-85), and what the 安全管理员 decides of an account beyond its role.
CREATE TABLE staff (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	account VARCHAR(64) COLLATE utf8mb4_general_nopad_ci NOT NULL,
	name VARCHAR(60) NOT NULL,
	password VARCHAR(200) NOT NULL,
	bureau_id BIGINT NOT NULL,
	role SMALLINT NOT NULL COMMENT 'role.def',
	must_change TINYINT NOT NULL DEFAULT 1,
	disabled TINYINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL,
	password_seq INT NOT NULL DEFAULT 0,
	totp_sealed VARCHAR(300) NULL,
	totp_step BIGINT NOT NULL DEFAULT 0,
	scope VARCHAR(6) NOT NULL DEFAULT '' COMMENT 'first digits of the 区划 he works on; empty: all of the bureau',
	may_download TINYINT NOT NULL DEFAULT 0 COMMENT 'may take files along, not only look at them',
	version INT NOT NULL DEFAULT 1,
	UNIQUE KEY by_account (account),
	KEY by_bureau (bureau_id),
	KEY by_name (name)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
