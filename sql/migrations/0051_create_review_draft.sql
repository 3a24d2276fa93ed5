-- An opinion that is being written: one per officer and application, gone when it leaves the desk.
CREATE TABLE review_draft (
	application_id BIGINT NOT NULL,
	staff_id BIGINT NOT NULL,
	event VARCHAR(10) NULL,
	remark VARCHAR(600) NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (application_id, staff_id)
) ENGINE = InnoDB
