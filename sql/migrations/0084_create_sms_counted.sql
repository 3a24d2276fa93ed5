-- When SMS were asked for, kept a day, so that a Redis that forgets opens nothing. Limits: sms_limit.def.
CREATE TABLE sms_counted (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	subject CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	at BIGINT NOT NULL,
	KEY by_subject (subject, at),
	KEY by_at (at)
) ENGINE = InnoDB
