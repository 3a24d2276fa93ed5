-- Answers to creating POSTs by Idempotency-Key, written in the transaction of the deed.
CREATE TABLE once (
	actor VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	token VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'two keys may differ in case only',
	route VARCHAR(80) NOT NULL,
	status SMALLINT NOT NULL,
	body_sealed TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (actor, token),
	KEY by_age (created_at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
