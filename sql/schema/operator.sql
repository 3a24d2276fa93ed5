-- 经办人: one row per person (phone), bound to any number of units (OP-6); made when the phone is proven, never
-- before. phone_index: HMAC for look-ups.
CREATE TABLE operator (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	phone_index CHAR(64) NOT NULL,
	phone_sealed VARCHAR(300) NOT NULL,
	name VARCHAR(60) NOT NULL,
	id_type VARCHAR(20) NOT NULL,
	id_sealed VARCHAR(300) NOT NULL,
	id_start CHAR(10) NOT NULL,
	id_end CHAR(10) NULL COMMENT 'NULL: 长期',
	password VARCHAR(200) NOT NULL,
	must_change TINYINT NOT NULL DEFAULT 0,
	password_until BIGINT NULL COMMENT 'a generated password dies then (A-18)',
	sms_off TINYINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL,
	password_seq INT NOT NULL DEFAULT 0,
	UNIQUE KEY by_phone (phone_index)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Which 经办人 is bound to which 单位.
CREATE TABLE unit_operator (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	unit_id BIGINT NOT NULL,
	operator_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	UNIQUE KEY by_pair (unit_id, operator_id),
	KEY by_operator (operator_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- A unit asks whoever holds a phone to be its 经办人: a row until he accepts or refuses (A-18). What the unit
-- typed of him is used only when the phone has no account yet.
CREATE TABLE operator_invitation (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	unit_id BIGINT NOT NULL,
	phone_index CHAR(64) NOT NULL,
	phone_sealed VARCHAR(300) NOT NULL,
	name VARCHAR(60) NULL COMMENT 'with the papers, or none of them',
	id_type VARCHAR(20) NULL,
	id_sealed VARCHAR(300) NULL,
	id_start CHAR(10) NULL,
	id_end CHAR(10) NULL COMMENT 'NULL: 长期',
	secret CHAR(64) NULL COMMENT 'index of the password or code in the SMS; NULL: none was sent yet',
	secret_until BIGINT NULL,
	created_at BIGINT NOT NULL,
	UNIQUE KEY by_pair (unit_id, phone_index),
	UNIQUE KEY by_secret (secret),
	KEY by_phone (phone_index),
	KEY by_created (created_at)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- One business is granted to one operator only: the primary key holds it (OP-8, A-20).
CREATE TABLE unit_grant (
	unit_id BIGINT NOT NULL,
	business TINYINT NOT NULL COMMENT 'business.def',
	operator_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (unit_id, business),
	KEY by_operator (operator_id, unit_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
