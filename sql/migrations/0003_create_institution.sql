-- The catalogue of 定点医药机构: one row per (institution, agreement region), A-14, A-31.
CREATE TABLE institution (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code CHAR(12) NOT NULL,
	name VARCHAR(200) NOT NULL,
	region_code CHAR(6) NOT NULL,
	uscc CHAR(18) NOT NULL,
	agreement_start BIGINT NOT NULL,
	agreement_end BIGINT NOT NULL,
	active TINYINT NOT NULL DEFAULT 1,
	UNIQUE KEY by_code (code, region_code),
	KEY by_uscc (uscc)
) ENGINE = InnoDB
