-- Which files were filed at each 提交: what the bureaus may read, whatever the applicant changes later.
CREATE TABLE application_round_file (
	application_id BIGINT NOT NULL,
	round INT NOT NULL,
	field VARCHAR(32) NOT NULL,
	upload_id CHAR(32) NOT NULL,
	PRIMARY KEY (application_id, round, field),
	KEY by_upload (upload_id)
) ENGINE = InnoDB
