-- 官方渠道, kept by the bureau (A-34).
CREATE TABLE official_channel (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code VARCHAR(40) NOT NULL,
	name VARCHAR(80) NOT NULL,
	channel VARCHAR(20) NOT NULL,
	active TINYINT NOT NULL DEFAULT 1,
	UNIQUE KEY by_code (code),
	KEY by_channel (channel, active)
) ENGINE = InnoDB
