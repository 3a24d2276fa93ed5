-- The outbox of SMS. The text is sealed and forgotten once it is sent.
CREATE TABLE sms_message (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	template VARCHAR(32) NOT NULL,
	phone_sealed VARCHAR(300) NOT NULL,
	text_sealed VARCHAR(1500) NULL,
	state TINYINT NOT NULL DEFAULT 1 COMMENT '1 waiting, 2 sent, 3 given up',
	sent_at BIGINT NULL,
	created_at BIGINT NOT NULL
) ENGINE = InnoDB
