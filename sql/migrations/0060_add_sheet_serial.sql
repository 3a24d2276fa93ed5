-- Of the credential it shows.
ALTER TABLE sheet
	ADD COLUMN serial INT NOT NULL DEFAULT 1 AFTER kind,
	DROP KEY once,
	ADD UNIQUE KEY once (application_id, environment, kind, serial)
