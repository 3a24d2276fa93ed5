-- Its bad rows: where and why.
CREATE TABLE import_fault (
	import_id BIGINT NOT NULL,
	number BIGINT NOT NULL,
	line BIGINT NOT NULL,
	what VARCHAR(60) NOT NULL,
	why VARCHAR(200) NOT NULL,
	PRIMARY KEY (import_id, number)
) ENGINE = InnoDB
