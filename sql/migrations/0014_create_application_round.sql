-- What was filed at each 提交: answers (sealed) and the SM3 of each file, as JSON.
CREATE TABLE application_round (
	application_id BIGINT NOT NULL,
	round INT NOT NULL,
	phase TINYINT NOT NULL,
	answers_sealed MEDIUMTEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (application_id, round)
) ENGINE = InnoDB
