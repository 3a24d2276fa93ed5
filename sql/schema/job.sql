-- Work that outlives a request, written in the transaction of its cause.
CREATE TABLE job (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind VARCHAR(32) NOT NULL,
	subject BIGINT NOT NULL COMMENT 'id of the row the work is about',
	state TINYINT NOT NULL DEFAULT 1 COMMENT '1 waiting, 2 done, 3 given up',
	attempts INT NOT NULL DEFAULT 0,
	run_at BIGINT NOT NULL,
	note VARCHAR(200) NULL,
	created_at BIGINT NOT NULL,
	lane TINYINT NOT NULL DEFAULT 0 COMMENT '0 work, 1 SMS',
	KEY by_due (state, lane, run_at, id),
	KEY by_subject (kind, subject)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
