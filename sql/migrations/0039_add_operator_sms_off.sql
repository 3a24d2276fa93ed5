-- Notices by SMS switched off by the person, but those about the account itself (A-64).
ALTER TABLE operator ADD COLUMN sms_off TINYINT NOT NULL DEFAULT 0 AFTER password_until
