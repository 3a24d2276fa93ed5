-- Which upload answers which file field of the two forms now.
CREATE TABLE application_file (
	application_id BIGINT NOT NULL,
	field VARCHAR(32) NOT NULL,
	upload_id CHAR(32) NOT NULL,
	PRIMARY KEY (application_id, field),
	KEY by_upload (upload_id)
) ENGINE = InnoDB
