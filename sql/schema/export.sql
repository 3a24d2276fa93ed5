-- 导出 that a job makes, and the file while it may be fetched (A-62). It lies in the store under `code`.
CREATE TABLE export (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code CHAR(32) NOT NULL,
	role SMALLINT NOT NULL COMMENT 'role.def: of whom it is for',
	user_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	institution_id BIGINT NOT NULL COMMENT '0: all of the unit',
	status SMALLINT NOT NULL COMMENT 'the filter: status.def, in its order; -1 any',
	business_type VARCHAR(10) NULL COMMENT 'the filter; NULL any',
	format TINYINT NOT NULL COMMENT '0 .xlsx, 1 CSV',
	running VARCHAR(100) NULL COMMENT 'for whom and of what, while it is being made: one at a time',
	size BIGINT NULL COMMENT 'bytes; NULL until it is there',
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	UNIQUE KEY by_code (code),
	UNIQUE KEY by_running (running),
	KEY by_owner (role, user_id, id),
	KEY by_expiry (expires_at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
