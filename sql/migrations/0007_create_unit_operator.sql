CREATE TABLE unit_operator (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	unit_id BIGINT NOT NULL,
	operator_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	UNIQUE KEY by_pair (unit_id, operator_id),
	KEY by_operator (operator_id)
) ENGINE = InnoDB
