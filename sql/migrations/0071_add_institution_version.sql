ALTER TABLE institution ADD COLUMN version INT NOT NULL DEFAULT 1, ADD KEY by_name (name)
