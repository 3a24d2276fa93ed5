-- Who confirms a 人工认证, asked since when, and until when what a bureau confirmed holds (A-12).
ALTER TABLE unit
	ADD COLUMN certified_until BIGINT NULL COMMENT 'as a bureau confirmed; NULL: the catalogue decides',
	ADD COLUMN manual_bureau BIGINT NULL COMMENT 'whose officers confirm',
	ADD COLUMN manual_at BIGINT NULL COMMENT 'asked then',
	ADD KEY by_manual (manual_bureau, certification, id)
