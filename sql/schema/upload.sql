-- One file of one slot. The bytes lie in the store under their digest (PORTAL_STORE_DIGEST), never under a
-- name from outside.
CREATE TABLE upload (
	id CHAR(32) NOT NULL PRIMARY KEY,
	unit_id BIGINT NOT NULL,
	role SMALLINT NOT NULL COMMENT 'role.def: of the uploader',
	user_id BIGINT NOT NULL,
	slot VARCHAR(32) NOT NULL,
	name VARCHAR(200) NOT NULL COMMENT 'for display only',
	length BIGINT NOT NULL COMMENT 'bytes, as declared; once stored: of what is kept',
	received BIGINT NOT NULL DEFAULT 0 COMMENT 'bytes, durable',
	state TINYINT NOT NULL DEFAULT 1 COMMENT '1 partial, 2 stored, 3 refused',
	type VARCHAR(100) NULL COMMENT 'media type, by content',
	digest CHAR(64) NULL COMMENT 'of what is kept',
	original_digest CHAR(64) NULL COMMENT 'of what came, when a mended copy is kept (A-97)',
	original_length BIGINT NULL COMMENT 'bytes, likewise',
	reason VARCHAR(200) NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	metadata VARCHAR(4096) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Upload-Metadata',
	KEY by_state (state, updated_at),
	KEY by_user (role, user_id, state),
	KEY by_digest (digest)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- What the virus scanner says of an upload; a row only where there is a scanner.
CREATE TABLE upload_scan (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	upload_id CHAR(32) NOT NULL,
	state TINYINT NOT NULL DEFAULT 1 COMMENT '1 waiting, 2 clean, 3 infected',
	found VARCHAR(200) NULL COMMENT 'what the scanner calls it',
	created_at BIGINT NOT NULL,
	ended_at BIGINT NULL,
	UNIQUE KEY by_upload (upload_id),
	KEY by_state (state)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
