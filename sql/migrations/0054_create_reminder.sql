-- Who was reminded of what waits, on which day; the round of the job that did it.
CREATE TABLE reminder (
	day INT NOT NULL COMMENT 'yyyymmdd',
	staff_id BIGINT NOT NULL,
	round CHAR(32) NOT NULL,
	PRIMARY KEY (day, staff_id)
) ENGINE = InnoDB
