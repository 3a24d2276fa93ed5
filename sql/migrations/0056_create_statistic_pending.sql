-- Steps that are not counted in `statistic` yet: written with the step, gone when it is counted.
CREATE TABLE statistic_pending (
	event_id BIGINT NOT NULL PRIMARY KEY
) ENGINE = InnoDB
