-- Days that differ from Monday to Friday: holidays, and weekends that are worked on.
CREATE TABLE calendar_day (
	day INT NOT NULL PRIMARY KEY COMMENT 'yyyymmdd',
	works TINYINT NOT NULL,
	name VARCHAR(40) NOT NULL
) ENGINE = InnoDB
