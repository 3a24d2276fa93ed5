-- What the sheets print: one row per application and environment (A-75). Secrets are sealed.
CREATE TABLE credential (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	environment TINYINT NOT NULL COMMENT '1 test, 2 formal',
	app_id CHAR(32) NOT NULL,
	secret_sealed VARCHAR(300) NOT NULL,
	channel_private_sealed VARCHAR(300) NULL COMMENT 'test only (A-72)',
	channel_public VARCHAR(100) NULL COMMENT 'base64; formal: reported by the channel',
	platform_private_sealed VARCHAR(300) NOT NULL,
	platform_public VARCHAR(100) NOT NULL,
	channel_code CHAR(64) NULL COMMENT '机构渠道认证编码; 线上授权 only',
	disabled_at BIGINT NULL,
	created_at BIGINT NOT NULL,
	UNIQUE KEY once (application_id, environment)
) ENGINE = InnoDB
