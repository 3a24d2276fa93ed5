-- Orders of the sandbox (联调沙箱), kept for a week; amounts in fen.
CREATE TABLE sandbox_order (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	app_id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	number CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	own_number CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'medOrgOrd, the channel''s own',
	organisation CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'orgCodg',
	fee BIGINT NOT NULL,
	refunded BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	UNIQUE KEY by_number (number),
	UNIQUE KEY by_own_number (app_id, own_number),
	KEY by_age (created_at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Refunds of sandbox orders by the channel's own number: the same number pays back once. In fen.
CREATE TABLE sandbox_refund (
	order_id BIGINT NOT NULL,
	own_number CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'appRefdSn',
	amount BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (order_id, own_number),
	KEY by_age (created_at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
