-- The outbox of SMS. The text is sealed, and forgotten once it is sent. What became of it: the attempts,
-- the reason, what the gateway reports under our reference.
CREATE TABLE sms_message (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	template VARCHAR(32) NOT NULL,
	phone_sealed VARCHAR(300) NOT NULL,
	text_sealed VARCHAR(1500) NULL,
	arguments_sealed VARCHAR(1500) NULL COMMENT 'JSON array, for gateways with templates of their own',
	state TINYINT NOT NULL DEFAULT 1 COMMENT '1 waiting, 2 sent, 3 given up, 4 sending, 5 uncertain, 6 delivered, 7 undelivered',
	sent_at BIGINT NULL,
	created_at BIGINT NOT NULL,
	reference CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'random, known to us and the gateway',
	attempts INT NOT NULL DEFAULT 0,
	note VARCHAR(200) NULL,
	reported_at BIGINT NULL,
	UNIQUE KEY by_reference (reference),
	KEY by_state (state, id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- How many SMS a day of Asia/Shanghai has used of PORTAL_SMS_DAILY.
CREATE TABLE sms_day (
	day INT NOT NULL PRIMARY KEY COMMENT 'yyyymmdd',
	used BIGINT NOT NULL
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Codes that were used: Redis, which holds the others, may be put back to an earlier moment.
CREATE TABLE sms_code_spent (
	code CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY COMMENT 'index of purpose, phone, session and code',
	spent_at BIGINT NOT NULL,
	KEY by_time (spent_at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Whoever is counted by sms_counted; the row's lock makes many at once wait for each other.
CREATE TABLE sms_subject (
	subject CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY COMMENT 'index of a phone, a network or a unit',
	at BIGINT NOT NULL,
	KEY by_at (at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- When SMS were asked for, kept a day, so that a Redis that forgets opens nothing. Limits: sms_limit.def.
CREATE TABLE sms_counted (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	subject CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	at BIGINT NOT NULL,
	KEY by_subject (subject, at),
	KEY by_at (at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
