-- Whoever is counted by sms_counted; the row's lock makes many at once wait for each other.
CREATE TABLE sms_subject (
	subject CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY COMMENT 'index of a phone, a network or a unit',
	at BIGINT NOT NULL,
	KEY by_at (at)
) ENGINE = InnoDB
