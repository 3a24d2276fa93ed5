-- 反馈单: drawn from the credential with its serial whenever it is read, so no key lies in a file.
CREATE TABLE sheet (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	number CHAR(32) NOT NULL,
	application_id BIGINT NOT NULL,
	environment TINYINT NOT NULL COMMENT '1 test, 2 formal',
	kind TINYINT NOT NULL COMMENT '1 payment, 2 identity',
	serial INT NOT NULL DEFAULT 1,
	replied_at BIGINT NOT NULL COMMENT 'the day of the 国家 pass (A-68)',
	created_at BIGINT NOT NULL,
	UNIQUE KEY by_number (number),
	UNIQUE KEY once (application_id, environment, kind, serial)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- The sheets as they were given out: one row per drawing, which a new font or layout may change. With the
-- signature kept, the same sheet is the same file, to the byte, whenever it is downloaded.
CREATE TABLE sheet_file (
	number CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SM3 of all bytes but those of the seal',
	signature CHAR(88) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	sm3 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the whole file',
	sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the whole file',
	created_at BIGINT NOT NULL,
	PRIMARY KEY (number, digest)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
