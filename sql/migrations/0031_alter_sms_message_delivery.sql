-- What became of an SMS: the attempts, the reason, what the gateway reports under our reference.
ALTER TABLE sms_message
	ADD COLUMN arguments_sealed VARCHAR(1500) NULL COMMENT 'JSON array, for gateways with templates of their own'
		AFTER text_sealed,
	ADD COLUMN reference CHAR(32) CHARACTER SET ascii NULL COMMENT 'random, known to us and the gateway',
	ADD COLUMN attempts INT NOT NULL DEFAULT 0,
	ADD COLUMN note VARCHAR(200) NULL,
	ADD COLUMN reported_at BIGINT NULL,
	MODIFY COLUMN state TINYINT NOT NULL DEFAULT 1
		COMMENT '1 waiting, 2 sent, 3 given up, 4 sending, 5 uncertain, 6 delivered, 7 undelivered',
	ADD UNIQUE KEY by_reference (reference),
	ADD KEY by_state (state, id)
