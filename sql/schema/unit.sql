-- 单位 accounts. *_sealed: encrypted (fcgi/crypto/keyring.h). Certification: who confirms a 人工认证,
-- asked since when, and until when what a bureau confirmed holds (A-12).
CREATE TABLE unit (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	version BIGINT NOT NULL DEFAULT 1,
	account VARCHAR(32) COLLATE utf8mb4_general_nopad_ci NOT NULL,
	password VARCHAR(200) NOT NULL,
	name VARCHAR(200) NOT NULL,
	kind VARCHAR(10) NOT NULL COMMENT 'hospital or pharmacy',
	region_code CHAR(6) NOT NULL,
	uscc CHAR(18) COLLATE utf8mb4_general_nopad_ci NOT NULL,
	address VARCHAR(200) NOT NULL,
	postcode CHAR(6) NULL,
	legal_name_sealed VARCHAR(600) NOT NULL,
	legal_id_type VARCHAR(20) NOT NULL,
	legal_id_sealed VARCHAR(300) NOT NULL,
	legal_phone_sealed VARCHAR(300) NOT NULL,
	certification TINYINT NOT NULL DEFAULT 0 COMMENT 'certification.def',
	certification_reason VARCHAR(500) NULL,
	certified_at BIGINT NULL,
	licence_upload CHAR(32) NULL,
	created_at BIGINT NOT NULL,
	certified_until BIGINT NULL COMMENT 'as a bureau confirmed; NULL: the catalogue decides',
	manual_bureau BIGINT NULL COMMENT 'whose officers confirm',
	manual_at BIGINT NULL COMMENT 'asked then',
	revoked_at BIGINT NULL COMMENT 'a bureau did; until one confirms again',
	released BIGINT NOT NULL DEFAULT 0 COMMENT 'when a bureau gave its code back to who it belongs to; 0 it holds it',
	password_seq INT NOT NULL DEFAULT 0,
	second_factor TINYINT NOT NULL DEFAULT 0 COMMENT 'its logins and those of its 经办人 take an SMS code, too (A-89)',
	UNIQUE KEY by_account (account),
	UNIQUE KEY by_uscc (uscc, released),
	KEY by_region (region_code, id),
	KEY by_manual (manual_bureau, certification, id),
	KEY by_licence (licence_upload)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- What 资质认证 compared when it was asked last: a row a field (checked.def), mark.def or 0 where nobody
-- was asked. Names of people are masked.
CREATE TABLE certification_check (
	unit_id BIGINT NOT NULL,
	field TINYINT NOT NULL,
	given VARCHAR(200) NULL,
	catalogue VARCHAR(200) NULL,
	by_catalogue TINYINT NOT NULL,
	by_registry TINYINT NOT NULL,
	by_licence TINYINT NOT NULL,
	PRIMARY KEY (unit_id, field)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- What could be read of the 营业执照 then.
CREATE TABLE certification_reading (
	unit_id BIGINT NOT NULL PRIMARY KEY,
	text_sealed MEDIUMTEXT NULL COMMENT 'NULL: it could not be read',
	read_at BIGINT NOT NULL
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- 申诉: somebody else registered a 统一社会信用代码 first (A-88). Its bureau decides whether the account
-- that holds the code has to give it back.
CREATE TABLE appeal (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	version BIGINT NOT NULL DEFAULT 1,
	uscc CHAR(18) COLLATE utf8mb4_general_nopad_ci NOT NULL,
	name VARCHAR(200) NOT NULL COMMENT 'of the code in the catalogue, then',
	region_code CHAR(6) NOT NULL COMMENT 'likewise',
	bureau_id BIGINT NOT NULL COMMENT 'which decides',
	unit_id BIGINT NOT NULL COMMENT 'that holds the code',
	contact_sealed VARCHAR(600) NOT NULL COMMENT 'name of who appeals',
	phone_sealed VARCHAR(300) NOT NULL COMMENT 'proved by SMS',
	statement VARCHAR(400) NOT NULL,
	licence_upload CHAR(32) NULL,
	state TINYINT NOT NULL DEFAULT 1 COMMENT 'appeal.def',
	reason VARCHAR(200) NULL,
	created_at BIGINT NOT NULL,
	decided_at BIGINT NULL,
	decided_by BIGINT NULL COMMENT 'of the staff',
	KEY by_bureau (bureau_id, state, id),
	KEY by_uscc (uscc, state),
	KEY by_licence (licence_upload)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
