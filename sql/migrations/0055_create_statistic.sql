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
) ENGINE = InnoDB
