-- 统计: how many steps were taken, and after how many working days, by month and by each bureau an
-- application passes. Medians are read off the days, so nothing but counts is kept.
CREATE TABLE statistic (
	bureau_id BIGINT NOT NULL COMMENT 'whose region the application is of: 地方, 省 and 国家 each',
	month INT NOT NULL COMMENT 'yyyymm of Asia/Shanghai',
	phase TINYINT NOT NULL,
	desk TINYINT NOT NULL COMMENT 'desk.def: who took the step; 0 the applicant',
	event TINYINT NOT NULL COMMENT 'enum event',
	days SMALLINT NOT NULL COMMENT 'working days it had lain at the desk; 0 for the applicant',
	steps BIGINT NOT NULL,
	PRIMARY KEY (bureau_id, month, phase, desk, event, days)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Steps that are not counted in `statistic` yet: written with the step, gone when it is counted.
CREATE TABLE statistic_pending (
	event_id BIGINT NOT NULL PRIMARY KEY
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- One row: whoever counts holds it, and when that was last done.
CREATE TABLE statistic_state (
	id TINYINT NOT NULL PRIMARY KEY,
	counted_at BIGINT NOT NULL
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

INSERT INTO statistic_state (id, counted_at) VALUES (1, 0);

-- How long a desk usually takes, over the last 90 days, in working days; made anew every day.
CREATE TABLE desk_duration (
	phase TINYINT NOT NULL,
	desk TINYINT NOT NULL COMMENT 'desk.def',
	decisions INT NOT NULL,
	median_days INT NOT NULL,
	ninetieth_days INT NOT NULL COMMENT '90th percentile',
	computed_at BIGINT NOT NULL,
	PRIMARY KEY (phase, desk)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
