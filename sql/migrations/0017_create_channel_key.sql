-- 上报渠道公钥 (A-71), all of them; the newest counts.
CREATE TABLE channel_key (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	public_key VARCHAR(100) NOT NULL COMMENT 'base64 of 65 bytes',
	operator_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	KEY by_application (application_id, id)
) ENGINE = InnoDB
