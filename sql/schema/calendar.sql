-- Days that differ from Monday to Friday: holidays, and weekends that are worked on.
CREATE TABLE calendar_day (
	day INT NOT NULL PRIMARY KEY COMMENT 'yyyymmdd',
	works TINYINT NOT NULL,
	name VARCHAR(40) NOT NULL
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- 2026: as the State Council arranged it (国办发明电〔2025〕7号). 2027: the statutory days alone; what is
-- moved around them is entered on the calendar's page once it is announced.
INSERT INTO calendar_day (day, works, name) VALUES
	(20260101, 0, '元旦'),
	(20260102, 0, '元旦'),
	(20260103, 0, '元旦'),
	(20260104, 1, '元旦调休'),
	(20260214, 1, '春节调休'),
	(20260215, 0, '春节'),
	(20260216, 0, '春节'),
	(20260217, 0, '春节'),
	(20260218, 0, '春节'),
	(20260219, 0, '春节'),
	(20260220, 0, '春节'),
	(20260221, 0, '春节'),
	(20260222, 0, '春节'),
	(20260223, 0, '春节'),
	(20260228, 1, '春节调休'),
	(20260404, 0, '清明节'),
	(20260405, 0, '清明节'),
	(20260406, 0, '清明节'),
	(20260501, 0, '劳动节'),
	(20260502, 0, '劳动节'),
	(20260503, 0, '劳动节'),
	(20260504, 0, '劳动节'),
	(20260505, 0, '劳动节'),
	(20260509, 1, '劳动节调休'),
	(20260619, 0, '端午节'),
	(20260620, 0, '端午节'),
	(20260621, 0, '端午节'),
	(20260920, 1, '国庆节调休'),
	(20260925, 0, '中秋节'),
	(20260926, 0, '中秋节'),
	(20260927, 0, '中秋节'),
	(20261001, 0, '国庆节'),
	(20261002, 0, '国庆节'),
	(20261003, 0, '国庆节'),
	(20261004, 0, '国庆节'),
	(20261005, 0, '国庆节'),
	(20261006, 0, '国庆节'),
	(20261007, 0, '国庆节'),
	(20261010, 1, '国庆节调休'),
	(20270101, 0, '元旦'),
	(20270205, 0, '春节'),
	(20270206, 0, '春节'),
	(20270207, 0, '春节'),
	(20270208, 0, '春节'),
	(20270405, 0, '清明节'),
	(20270501, 0, '劳动节'),
	(20270502, 0, '劳动节'),
	(20270609, 0, '端午节'),
	(20270915, 0, '中秋节'),
	(20271001, 0, '国庆节'),
	(20271002, 0, '国庆节'),
	(20271003, 0, '国庆节');

-- Working days a desk may take, where that was changed; defaults: handlers/rules/calendar.c.
CREATE TABLE desk_target (
	desk TINYINT NOT NULL PRIMARY KEY COMMENT 'desk.def',
	days TINYINT NOT NULL
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
