-- When an officer last opened an application: what has reached the desk since is unread.
CREATE TABLE application_seen (
	application_id BIGINT NOT NULL,
	staff_id BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,
	PRIMARY KEY (application_id, staff_id)
) ENGINE = InnoDB
