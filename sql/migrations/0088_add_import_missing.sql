-- What the file says beyond its rows, and who of its regions is not in it.
ALTER TABLE import
	ADD COLUMN note VARCHAR(400) NULL COMMENT 'columns that were not read',
	ADD COLUMN covered BIGINT NOT NULL DEFAULT 0 COMMENT 'rows in force in the regions of the file',
	ADD COLUMN missing BIGINT NOT NULL DEFAULT 0 COMMENT 'of these, not in the file',
	ADD COLUMN ends_missing TINYINT NOT NULL DEFAULT 0
