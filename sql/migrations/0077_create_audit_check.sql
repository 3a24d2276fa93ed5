-- What each check of the trail found. INSERT and SELECT only.
CREATE TABLE audit_check (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	asked_by BIGINT NOT NULL COMMENT 'staff; 0: once a day',
	row_count BIGINT NOT NULL,
	sound TINYINT NOT NULL,
	fault VARCHAR(40) NULL,
	chain BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	started_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL
) ENGINE = InnoDB
