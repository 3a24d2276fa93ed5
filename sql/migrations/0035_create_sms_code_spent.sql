-- Codes that were used: Redis, which holds the others, may be put back to an earlier moment.
CREATE TABLE sms_code_spent (
	code CHAR(64) CHARACTER SET ascii NOT NULL PRIMARY KEY COMMENT 'index of purpose, phone and code',
	spent_at BIGINT NOT NULL,
	KEY by_time (spent_at)
) ENGINE = InnoDB
