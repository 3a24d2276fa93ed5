-- The end of each chain; its row is the chain's lock.
CREATE TABLE audit_head (
	chain TINYINT NOT NULL PRIMARY KEY,
	seq BIGINT NOT NULL,
	hash CHAR(64) NOT NULL
) ENGINE = InnoDB
