-- 经办人: one row per person (phone), bound to any number of units (OP-6).
CREATE TABLE operator (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	phone_index CHAR(64) NOT NULL,
	phone_sealed VARCHAR(300) NOT NULL,
	name VARCHAR(60) NOT NULL,
	id_type VARCHAR(20) NOT NULL,
	id_sealed VARCHAR(300) NOT NULL,
	id_index CHAR(64) NOT NULL,
	id_start CHAR(10) NOT NULL,
	id_end CHAR(10) NULL COMMENT 'NULL: 长期',
	password VARCHAR(200) NOT NULL,
	must_change TINYINT NOT NULL DEFAULT 0,
	password_until BIGINT NULL COMMENT 'a generated password dies then (A-18)',
	created_at BIGINT NOT NULL,
	UNIQUE KEY by_phone (phone_index)
) ENGINE = InnoDB
