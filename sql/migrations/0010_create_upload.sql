-- One file of one slot. The bytes lie in the store under their SM3, never under a name from outside.
CREATE TABLE upload (
	id CHAR(32) NOT NULL PRIMARY KEY,
	unit_id BIGINT NOT NULL,
	role SMALLINT NOT NULL COMMENT 'role.def: of the uploader',
	user_id BIGINT NOT NULL,
	slot VARCHAR(32) NOT NULL,
	name VARCHAR(200) NOT NULL COMMENT 'for display only',
	length BIGINT NOT NULL COMMENT 'bytes, as declared',
	received BIGINT NOT NULL DEFAULT 0 COMMENT 'bytes, durable',
	state TINYINT NOT NULL DEFAULT 1 COMMENT '1 partial, 2 stored, 3 refused',
	type VARCHAR(100) NULL COMMENT 'media type, by content',
	sm3 CHAR(64) NULL,
	reason VARCHAR(200) NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	KEY by_state (state, updated_at),
	KEY by_user (role, user_id, state),
	KEY by_sm3 (sm3)
) ENGINE = InnoDB
