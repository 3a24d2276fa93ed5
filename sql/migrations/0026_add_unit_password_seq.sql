-- Counts the passwords: a session that began with an older one is refused, whatever Redis says.
ALTER TABLE unit ADD COLUMN password_seq INT NOT NULL DEFAULT 0
