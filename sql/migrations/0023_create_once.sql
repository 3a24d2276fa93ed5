-- Answers to creating POSTs by Idempotency-Key, written in the transaction of the deed.
CREATE TABLE once (
	actor VARCHAR(40) NOT NULL,
	token VARCHAR(64) NOT NULL,
	route VARCHAR(80) NOT NULL,
	status SMALLINT NOT NULL,
	body_sealed TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (actor, token),
	KEY by_age (created_at)
) ENGINE = InnoDB
