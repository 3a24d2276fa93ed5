-- When and from where each person signed in last: shown at the next time.
CREATE TABLE last_login (
	role SMALLINT NOT NULL COMMENT 'role.def',
	user_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	address VARCHAR(45) NOT NULL,
	PRIMARY KEY (role, user_id)
) ENGINE = InnoDB
