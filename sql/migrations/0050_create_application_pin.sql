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
) ENGINE = InnoDB
