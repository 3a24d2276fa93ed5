-- 经办人: one row per person (phone), bound to any number of units (OP-6). phone_index: HMAC for look-ups.
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

-- One business is granted to one operator only: the primary key holds it (OP-8, A-20).
CREATE TABLE unit_grant (
	unit_id BIGINT NOT NULL,
	business TINYINT NOT NULL COMMENT 'business.def',
	operator_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (unit_id, business),
	KEY by_operator (operator_id, unit_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
