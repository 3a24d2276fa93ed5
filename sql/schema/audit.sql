-- Append-only and hash-chained: hash = SM3(previous hash, row); the ends are signed in audit_seal.
-- INSERT and SELECT only.
-- Searched by person, object, address, deed and time, newest first.
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
	KEY by_person (user_id, created_at),
	KEY by_object (object, created_at),
	KEY by_address (address, created_at),
	KEY by_deed (deed, created_at),
	KEY by_time (created_at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- The end of each chain; its row is the chain's lock.
CREATE TABLE audit_head (
	chain TINYINT NOT NULL PRIMARY KEY,
	seq BIGINT NOT NULL,
	hash CHAR(64) NOT NULL
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- The ends of all chains at a moment, signed by a key that `portal jobs` alone has: see
-- handlers/admin/audit_seal.h. INSERT and SELECT only.
CREATE TABLE audit_seal (
	id BIGINT NOT NULL PRIMARY KEY COMMENT 'from 1 on, without gaps',
	made_at BIGINT NOT NULL,
	row_count BIGINT NOT NULL,
	heads VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'chain:seq:hash, a blank between two',
	previous CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SM3 of the line before',
	signature CHAR(88) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	KEY by_time (made_at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- What each check of the trail found. INSERT and SELECT only.
CREATE TABLE audit_check (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	asked_by BIGINT NOT NULL COMMENT 'staff; 0: once a day',
	row_count BIGINT NOT NULL,
	sound TINYINT NOT NULL,
	fault VARCHAR(40) NULL,
	chain BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	started_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
