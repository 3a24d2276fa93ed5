-- Keys may be issued anew (A-76): each time is a row of its own, the highest serial counts.
ALTER TABLE credential
	ADD COLUMN serial INT NOT NULL DEFAULT 1 AFTER environment,
	ADD COLUMN valid_until BIGINT NULL COMMENT 'replaced: the older keys are valid until then' AFTER disabled_at,
	ADD COLUMN reason VARCHAR(200) NULL COMMENT 'why it ended, as the bureau says' AFTER valid_until,
	DROP KEY once,
	ADD UNIQUE KEY once (application_id, environment, serial)
