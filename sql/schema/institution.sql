-- The catalogue of 定点医药机构: one row per (institution, agreement region), A-14, A-31.
CREATE TABLE institution (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code CHAR(12) COLLATE utf8mb4_general_nopad_ci NOT NULL,
	name VARCHAR(200) NOT NULL,
	region_code CHAR(6) NOT NULL,
	uscc CHAR(18) COLLATE utf8mb4_general_nopad_ci NOT NULL,
	legal_name VARCHAR(100) NULL COMMENT 'of the 法定代表人, where the bureau keeps it',
	agreement_start BIGINT NOT NULL,
	agreement_end BIGINT NOT NULL,
	active TINYINT NOT NULL DEFAULT 1,
	version INT NOT NULL DEFAULT 1,
	UNIQUE KEY by_code (code, region_code),
	KEY by_uscc (uscc),
	KEY by_name (name),
	KEY by_region (region_code, active)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- 官方渠道, kept by the bureau (A-34).
CREATE TABLE official_channel (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code VARCHAR(40) NOT NULL,
	name VARCHAR(80) NOT NULL,
	channel VARCHAR(20) NOT NULL,
	active TINYINT NOT NULL DEFAULT 1,
	version INT NOT NULL DEFAULT 1,
	UNIQUE KEY by_code (code),
	KEY by_channel (channel, active)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
