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
) ENGINE = InnoDB
