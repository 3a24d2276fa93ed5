-- Browsers and addresses a person has signed in from; nobody else's failures keep them out.
CREATE TABLE known_device (
	role TINYINT NOT NULL,
	user_id BIGINT NOT NULL,
	device CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'SM3 of the cookie',
	address VARCHAR(45) NOT NULL,
	seen_at BIGINT NOT NULL,
	PRIMARY KEY (role, user_id, device, address),
	KEY by_device (device),
	KEY by_seen (seen_at)
) ENGINE = InnoDB
