-- The second factor of officers (RFC 6238); the time step of the last code, so that each counts once.
ALTER TABLE staff
	ADD COLUMN password_seq INT NOT NULL DEFAULT 0,
	ADD COLUMN totp_sealed VARCHAR(300) NULL,
	ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0
