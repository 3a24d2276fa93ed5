-- 申请单 and its 验收单: one row, two forms. Names of columns equal those of the forms. unit_name is the
-- unit's name as of 新建, so lists and searches read one table. The keys are what lists of each bureau begin with.
CREATE TABLE application (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	number CHAR(32) NOT NULL,
	version BIGINT NOT NULL DEFAULT 1,
	state SMALLINT NOT NULL COMMENT 'state.def',
	status TINYINT NOT NULL COMMENT 'status.def, in its order; for filters',
	unit_id BIGINT NOT NULL,
	operator_id BIGINT NOT NULL,
	institution_id BIGINT NOT NULL,
	institution_code CHAR(12) NOT NULL,
	institution_name VARCHAR(200) NOT NULL,
	unit_name VARCHAR(200) NOT NULL DEFAULT '',
	region_code CHAR(6) NOT NULL,
	province_city VARCHAR(130) NOT NULL,
	local_bureau BIGINT NOT NULL,
	province_bureau BIGINT NOT NULL,
	nation_bureau BIGINT NOT NULL,
	desk_bureau BIGINT NULL COMMENT 'whose queue it is in; NULL with the applicant',
	desk_since BIGINT NULL,
	round INT NOT NULL DEFAULT 0,
	sole CHAR(64) NULL COMMENT 'A-50: what only one running application may be about',
	shown_app_name VARCHAR(200) NULL COMMENT 'A-38: as lists and sheets print it',
	third_channel VARCHAR(80) NULL COMMENT 'A-59',
	business_type VARCHAR(10) NULL,
	channel VARCHAR(20) NULL,
	app_source VARCHAR(20) NULL,
	official_channel BIGINT NULL,
	existing_app CHAR(32) NULL,
	app_name VARCHAR(60) NULL,
	app_type VARCHAR(20) NULL,
	purchase_channels VARCHAR(200) NULL,
	purchase_other VARCHAR(60) NULL,
	contact_name VARCHAR(60) NULL,
	contact_phone_sealed VARCHAR(300) NULL,
	contact_email VARCHAR(100) NULL,
	remark VARCHAR(600) NULL,
	order_no VARCHAR(40) NULL,
	proof VARCHAR(10) NULL,
	auth_code VARCHAR(40) NULL,
	tester_name_sealed VARCHAR(600) NULL,
	tester_id_type VARCHAR(20) NULL,
	tester_id_sealed VARCHAR(300) NULL,
	acceptance_saved_at BIGINT NULL,
	acceptance_submitted_at BIGINT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	submitted_at BIGINT NULL,
	filed TINYINT NOT NULL DEFAULT 0 COMMENT '1 once submitted; drafts are in no list of a bureau',
	over_bureau BIGINT NULL COMMENT 'the bureau above desk_bureau; NULL with the applicant and at the nation',
	UNIQUE KEY by_number (number),
	UNIQUE KEY by_sole (sole),
	KEY by_institution (unit_id, institution_id, id),
	KEY by_institution_status (unit_id, institution_id, status, id),
	KEY by_local_institution (local_bureau, institution_name),
	KEY by_local_unit (local_bureau, unit_name),
	KEY by_province_institution (province_bureau, institution_name),
	KEY by_province_unit (province_bureau, unit_name),
	KEY by_institution_name (institution_name),
	KEY by_unit_name (unit_name),
	KEY by_local (local_bureau, filed, id),
	KEY by_province (province_bureau, filed, id),
	KEY by_nation (nation_bureau, filed, id),
	KEY by_region (region_code, filed, id),
	KEY by_desk (desk_bureau, desk_since, id, state, business_type, region_code, institution_code),
	KEY by_over (over_bureau, desk_since, id, state, business_type, region_code, institution_code),
	KEY by_local_number (local_bureau, number),
	KEY by_province_number (province_bureau, number),
	KEY by_desk_number (desk_bureau, number),
	KEY by_desk_institution (desk_bureau, institution_name),
	KEY by_desk_unit (desk_bureau, unit_name),
	KEY by_desk_province (desk_bureau, province_bureau, desk_since, id, state, business_type, region_code, institution_code),
	KEY by_desk_region (desk_bureau, region_code, desk_since, id, state, business_type, institution_code)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Which upload answers which file field of the two forms now.
CREATE TABLE application_file (
	application_id BIGINT NOT NULL,
	field VARCHAR(32) NOT NULL,
	upload_id CHAR(32) NOT NULL,
	PRIMARY KEY (application_id, field),
	KEY by_upload (upload_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- 移动支付订单号 that were filed with a 验收单 (A-91): each counts once in the nation. It stays with its 应用ID
-- for ever, and with its application until that is given up.
CREATE TABLE acceptance_order (
	order_no CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
	app_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '应用ID of the test environment',
	application_id BIGINT NOT NULL,
	checked_at BIGINT NULL COMMENT 'the payment platform knew it then; NULL: nobody was asked',
	created_at BIGINT NOT NULL
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- What was filed at each 提交: answers (sealed) and the SM3 of each file, as JSON.
CREATE TABLE application_round (
	application_id BIGINT NOT NULL,
	round INT NOT NULL,
	phase TINYINT NOT NULL,
	answers_sealed MEDIUMTEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (application_id, round)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Which files were filed at each 提交: what the bureaus may read, whatever the applicant changes later.
CREATE TABLE application_round_file (
	application_id BIGINT NOT NULL,
	round INT NOT NULL,
	field VARCHAR(32) NOT NULL,
	upload_id CHAR(32) NOT NULL,
	PRIMARY KEY (application_id, round, field),
	KEY by_upload (upload_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- 审核记录. The workers' database user may insert and read here, nothing else.
CREATE TABLE application_event (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	event TINYINT NOT NULL COMMENT 'enum event',
	from_state SMALLINT NOT NULL,
	to_state SMALLINT NOT NULL,
	desk TINYINT NOT NULL COMMENT 'desk.def; 0 the applicant',
	bureau_id BIGINT NULL,
	actor_role SMALLINT NOT NULL,
	actor_id BIGINT NOT NULL,
	actor_name VARCHAR(200) NOT NULL COMMENT 'as shown: the unit or the bureau',
	remark VARCHAR(600) NULL,
	security_checked TINYINT NOT NULL DEFAULT 0,
	round INT NOT NULL,
	created_at BIGINT NOT NULL,
	KEY by_application (application_id, id),
	KEY by_bureau (bureau_id, id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- What each bureau decided on, by 区划: a list narrowed to one begins at its latest, not among all decisions.
-- Written with the row of application_event, never changed.
CREATE TABLE application_decision (
	bureau_id BIGINT NOT NULL,
	region_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	event_id BIGINT NOT NULL,
	PRIMARY KEY (bureau_id, region_code, event_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Which officer has taken an application from the desk's list; gone when it leaves the desk.
CREATE TABLE application_claim (
	application_id BIGINT NOT NULL PRIMARY KEY,
	staff_id BIGINT NOT NULL,
	staff_name VARCHAR(60) NOT NULL,
	created_at BIGINT NOT NULL,
	KEY by_staff (staff_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- When an officer last opened an application: what has reached the desk since is unread.
CREATE TABLE application_seen (
	application_id BIGINT NOT NULL,
	staff_id BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,
	PRIMARY KEY (application_id, staff_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
