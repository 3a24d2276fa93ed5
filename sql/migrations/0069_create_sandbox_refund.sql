-- Refunds of sandbox orders by the channel's own number: the same number pays back once. In fen.
CREATE TABLE sandbox_refund (
	order_id BIGINT NOT NULL,
	own_number CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'appRefdSn',
	amount BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (order_id, own_number),
	KEY by_age (created_at)
) ENGINE = InnoDB
