-- Working days a desk may take, where that was changed; defaults: handlers/rules/calendar.c.
CREATE TABLE desk_target (
	desk TINYINT NOT NULL PRIMARY KEY COMMENT 'desk.def',
	days TINYINT NOT NULL
) ENGINE = InnoDB
