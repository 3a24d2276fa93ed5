-- What each bureau decided on, by 区划: a list narrowed to one begins at its latest, not among all decisions.
-- Written with the row of application_event, never changed.
CREATE TABLE application_decision (
	bureau_id BIGINT NOT NULL,
	region_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	event_id BIGINT NOT NULL,
	PRIMARY KEY (bureau_id, region_code, event_id)
) ENGINE = InnoDB
