-- The good rows of a file, until it is done or a week old.
CREATE TABLE import_row (
	import_id BIGINT NOT NULL,
	line BIGINT NOT NULL,
	code CHAR(12) NOT NULL,
	name VARCHAR(200) NOT NULL,
	region_code CHAR(6) NOT NULL,
	uscc CHAR(18) NOT NULL,
	agreement_start BIGINT NOT NULL,
	agreement_end BIGINT NOT NULL,
	active TINYINT NOT NULL,
	kind TINYINT NOT NULL DEFAULT 0 COMMENT '1 new, 2 changed, 3 unchanged, 4 ended',
	PRIMARY KEY (import_id, line),
	UNIQUE KEY by_place (import_id, code, region_code)
) ENGINE = InnoDB
