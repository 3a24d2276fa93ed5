-- Is something about this row under way?
ALTER TABLE job ADD KEY by_subject (kind, subject)
