-- Rows of the region table are kept on the intranet site (handlers/rules/catalogue.def).
ALTER TABLE region
	ADD COLUMN id BIGINT NOT NULL AUTO_INCREMENT UNIQUE,
	ADD COLUMN version INT NOT NULL DEFAULT 1,
	ADD COLUMN active TINYINT NOT NULL DEFAULT 1
