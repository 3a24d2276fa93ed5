-- Who of a file's regions is in force and not in the file: ends with it, when asked to.
CREATE TABLE import_missing (
	import_id BIGINT NOT NULL,
	institution_id BIGINT NOT NULL,
	PRIMARY KEY (import_id, institution_id)
) ENGINE = InnoDB
