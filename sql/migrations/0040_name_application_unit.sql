-- The unit's name as of 新建, beside the institution's: lists and searches read one table.
ALTER TABLE application
	ADD COLUMN unit_name VARCHAR(200) NOT NULL DEFAULT '' AFTER institution_name
