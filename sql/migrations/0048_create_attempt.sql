-- Failed logins, counted here so that a Redis that forgets opens nothing (design.md §5). Rows: attempt.def.
CREATE TABLE attempt (
	subject CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'index of the account; empty: whichever',
	source CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'index of address or browser; empty: whichever',
	used INT NOT NULL,
	until BIGINT NOT NULL,
	PRIMARY KEY (subject, source),
	KEY by_until (until)
) ENGINE = InnoDB
