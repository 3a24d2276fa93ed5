-- A file of the catalogue that was uploaded: looked at by one job, taken over by another.
-- What it says beyond its rows, and who of its regions is not in it.
CREATE TABLE import (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code CHAR(32) NOT NULL COMMENT 'its place among the partial files of the store',
	file VARCHAR(800) NOT NULL,
	state TINYINT NOT NULL DEFAULT 1 COMMENT '1 being checked, 2 checked, 3 being taken over, 4 done, 5 failed',
	reason VARCHAR(200) NULL,
	good BIGINT NOT NULL DEFAULT 0,
	bad BIGINT NOT NULL DEFAULT 0,
	added BIGINT NOT NULL DEFAULT 0,
	changed BIGINT NOT NULL DEFAULT 0,
	same BIGINT NOT NULL DEFAULT 0,
	ended BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL,
	note VARCHAR(400) NULL COMMENT 'columns that were not read',
	covered BIGINT NOT NULL DEFAULT 0 COMMENT 'rows in force in the regions of the file',
	missing BIGINT NOT NULL DEFAULT 0 COMMENT 'of these, not in the file',
	ends_missing TINYINT NOT NULL DEFAULT 0,
	UNIQUE KEY by_code (code)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- The good rows of a file, until it is done or a week old.
CREATE TABLE import_row (
	import_id BIGINT NOT NULL,
	line BIGINT NOT NULL,
	code CHAR(12) COLLATE utf8mb4_general_nopad_ci NOT NULL,
	name VARCHAR(200) NOT NULL,
	region_code CHAR(6) NOT NULL,
	uscc CHAR(18) COLLATE utf8mb4_general_nopad_ci NOT NULL,
	legal_name VARCHAR(100) NULL COMMENT 'NULL leaves the one there is',
	agreement_start BIGINT NOT NULL,
	agreement_end BIGINT NOT NULL,
	active TINYINT NOT NULL,
	kind TINYINT NOT NULL DEFAULT 0 COMMENT '1 new, 2 changed, 3 unchanged, 4 ended',
	PRIMARY KEY (import_id, line),
	UNIQUE KEY by_place (import_id, code, region_code)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Its bad rows: where and why.
CREATE TABLE import_fault (
	import_id BIGINT NOT NULL,
	number BIGINT NOT NULL,
	line BIGINT NOT NULL,
	what VARCHAR(60) NOT NULL,
	why VARCHAR(200) NOT NULL,
	PRIMARY KEY (import_id, number)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Who of a file's regions is in force and not in the file: ends with it, when asked to.
CREATE TABLE import_missing (
	import_id BIGINT NOT NULL,
	institution_id BIGINT NOT NULL,
	PRIMARY KEY (import_id, institution_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
