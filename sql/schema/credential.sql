-- What the sheets print: one row per application, environment and serial: keys issued anew (A-76) are a
-- row of their own, the highest serial counts (A-75). Secrets are sealed.
CREATE TABLE credential (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	environment TINYINT NOT NULL COMMENT '1 test, 2 formal',
	serial INT NOT NULL DEFAULT 1,
	app_id CHAR(32) NOT NULL,
	secret_sealed VARCHAR(300) NOT NULL,
	channel_private_sealed VARCHAR(300) NULL COMMENT 'test only (A-72)',
	channel_public VARCHAR(100) NULL COMMENT 'base64; formal: reported by the channel',
	platform_private_sealed VARCHAR(300) NOT NULL,
	platform_public VARCHAR(100) NOT NULL,
	channel_code CHAR(64) NULL COMMENT '机构渠道认证编码; 线上授权 only',
	disabled_at BIGINT NULL,
	valid_until BIGINT NULL COMMENT 'replaced: the older keys are valid until then',
	reason VARCHAR(200) NULL COMMENT 'why it ended, as the bureau says',
	created_at BIGINT NOT NULL,
	UNIQUE KEY once (application_id, environment, serial),
	KEY by_app_id (app_id),
	KEY by_channel_public (channel_public),
	KEY by_platform_public (platform_public)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- 上报渠道公钥 (A-71), all of them; the newest counts.
CREATE TABLE channel_key (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	public_key VARCHAR(100) NOT NULL COMMENT 'base64 of 65 bytes',
	operator_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	KEY by_application (application_id, id),
	KEY by_key (public_key)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Keys the platform itself signs with, by what they sign; the newest of a purpose counts.
CREATE TABLE platform_key (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	purpose VARCHAR(16) NOT NULL COMMENT 'sheet',
	public_key VARCHAR(100) NOT NULL COMMENT 'base64 of 65 bytes',
	private_sealed VARCHAR(300) NOT NULL,
	created_at BIGINT NOT NULL,
	KEY by_purpose (purpose, id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
