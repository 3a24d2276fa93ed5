-- A message may lead to a file: the code of an export.
ALTER TABLE message ADD COLUMN file CHAR(32) NULL AFTER application
