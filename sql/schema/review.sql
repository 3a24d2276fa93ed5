-- 批注: what a bureau says about one field, or about a place in a file. Without an event it is a draft.
CREATE TABLE application_pin (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	application_id BIGINT NOT NULL,
	event_id BIGINT NULL COMMENT 'application_event it was sent with; NULL while its writer drafts it',
	staff_id BIGINT NOT NULL,
	field VARCHAR(32) NOT NULL COMMENT 'of the form that is reviewed',
	kind TINYINT NOT NULL COMMENT '0 the field or the whole file, 1 a page, 2 a second',
	place INT NOT NULL,
	text VARCHAR(600) NOT NULL,
	created_at BIGINT NOT NULL,
	KEY by_application (application_id, event_id, id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- An opinion that is being written: one per officer and application, gone when it leaves the desk.
CREATE TABLE review_draft (
	application_id BIGINT NOT NULL,
	staff_id BIGINT NOT NULL,
	event VARCHAR(10) NULL,
	remark VARCHAR(600) NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (application_id, staff_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- 常用意见 of a bureau; those of the nation may be offered to all.
CREATE TABLE opinion_template (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	bureau_id BIGINT NOT NULL,
	national TINYINT NOT NULL DEFAULT 0 COMMENT 'offered to every bureau',
	event VARCHAR(10) NULL COMMENT 'pass or reject; NULL either',
	title VARCHAR(40) NOT NULL,
	text VARCHAR(600) NOT NULL,
	updated_at BIGINT NOT NULL,
	KEY by_bureau (bureau_id),
	KEY by_national (national)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Lists an officer has narrowed and given a name.
CREATE TABLE saved_filter (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	staff_id BIGINT NOT NULL,
	name VARCHAR(30) NOT NULL,
	query VARCHAR(600) NOT NULL,
	UNIQUE KEY by_name (staff_id, name)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- Who was reminded of what waits, on which day; the round of the job that did it.
CREATE TABLE reminder (
	day INT NOT NULL COMMENT 'yyyymmdd',
	staff_id BIGINT NOT NULL,
	round CHAR(32) NOT NULL,
	PRIMARY KEY (day, staff_id)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
