-- One business is granted to one operator only: the primary key holds it (OP-8, A-20).
CREATE TABLE unit_grant (
	unit_id BIGINT NOT NULL,
	business TINYINT NOT NULL COMMENT 'business.def',
	operator_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (unit_id, business),
	KEY by_operator (operator_id, unit_id)
) ENGINE = InnoDB
