-- What the virus scanner says of an upload; a row only where there is a scanner.
CREATE TABLE upload_scan (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	upload_id CHAR(32) NOT NULL,
	state TINYINT NOT NULL DEFAULT 1 COMMENT '1 waiting, 2 clean, 3 infected',
	found VARCHAR(200) NULL COMMENT 'what the scanner calls it',
	created_at BIGINT NOT NULL,
	ended_at BIGINT NULL,
	UNIQUE KEY by_upload (upload_id),
	KEY by_state (state)
) ENGINE = InnoDB
