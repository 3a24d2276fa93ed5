-- How many SMS a day of Asia/Shanghai has used of PORTAL_SMS_DAILY.
CREATE TABLE sms_day (
	day INT NOT NULL PRIMARY KEY COMMENT 'yyyymmdd',
	used BIGINT NOT NULL
) ENGINE = InnoDB
