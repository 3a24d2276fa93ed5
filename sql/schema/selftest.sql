-- 联调自测 (A-83): one row per application, the last run and the last that succeeded.
CREATE TABLE selftest (
	application_id BIGINT NOT NULL PRIMARY KEY,
	ran_at BIGINT NOT NULL,
	ran_ok BOOLEAN NOT NULL,
	passed_at BIGINT NULL,
	transcript TEXT NULL COMMENT 'JSON: the steps of the last success, no values of the envelope'
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
