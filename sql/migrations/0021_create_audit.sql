-- Append-only and hash-chained: hash = SM3(previous hash, row). INSERT and SELECT only.
CREATE TABLE audit (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	chain TINYINT NOT NULL,
	seq BIGINT NOT NULL,
	role SMALLINT NOT NULL,
	user_id BIGINT NOT NULL,
	address VARCHAR(45) NOT NULL,
	deed VARCHAR(40) NOT NULL,
	object VARCHAR(80) NOT NULL,
	detail VARCHAR(400) NOT NULL,
	created_at BIGINT NOT NULL,
	hash CHAR(64) NOT NULL,
	UNIQUE KEY by_chain (chain, seq),
	KEY by_object (object),
	KEY by_user (role, user_id, id)
) ENGINE = InnoDB
