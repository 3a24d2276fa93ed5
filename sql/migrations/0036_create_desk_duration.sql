-- How long a desk usually takes, over the last 90 days, in working days; made anew every day.
CREATE TABLE desk_duration (
	phase TINYINT NOT NULL,
	desk TINYINT NOT NULL COMMENT 'desk.def',
	decisions INT NOT NULL,
	median_days INT NOT NULL,
	ninetieth_days INT NOT NULL COMMENT '90th percentile',
	computed_at BIGINT NOT NULL,
	PRIMARY KEY (phase, desk)
) ENGINE = InnoDB
