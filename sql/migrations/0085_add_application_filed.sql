-- Whether it was ever submitted, and which bureau watches the desk it lies at: lists are found by both.
ALTER TABLE application
	ADD COLUMN filed TINYINT NOT NULL DEFAULT 0 COMMENT '1 once submitted; drafts are in no list of a bureau',
	ADD COLUMN over_bureau BIGINT NULL COMMENT 'the bureau above desk_bureau; NULL with the applicant and at the nation'
