-- When and from where each person signed in last: shown at the next time.
CREATE TABLE last_login (
	role SMALLINT NOT NULL COMMENT 'role.def',
	user_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	address VARCHAR(45) NOT NULL,
	PRIMARY KEY (role, user_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Browsers and addresses a person has signed in from; nobody else's failures keep them out.
CREATE TABLE known_device (
	role TINYINT NOT NULL,
	user_id BIGINT NOT NULL,
	device CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SM3 of the cookie',
	address VARCHAR(45) NOT NULL,
	seen_at BIGINT NOT NULL,
	PRIMARY KEY (role, user_id, device, address),
	KEY by_device (device),
	KEY by_seen (seen_at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Failed logins, counted here so that a Redis that forgets opens nothing. Rows: attempt.def.
CREATE TABLE attempt (
	subject CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'index of the account; empty: whichever',
	source CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'index of address or browser; empty: whichever',
	used INT NOT NULL,
	until BIGINT NOT NULL,
	PRIMARY KEY (subject, source),
	KEY by_until (until)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
