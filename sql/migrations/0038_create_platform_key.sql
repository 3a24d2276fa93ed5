-- Keys the platform itself signs with, by what they sign; the newest of a purpose counts.
CREATE TABLE platform_key (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	purpose VARCHAR(16) NOT NULL COMMENT 'sheet',
	public_key VARCHAR(100) NOT NULL COMMENT 'base64 of 65 bytes',
	private_sealed VARCHAR(300) NOT NULL,
	created_at BIGINT NOT NULL,
	KEY by_purpose (purpose, id)
) ENGINE = InnoDB
