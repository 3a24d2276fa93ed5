-- What the 安全管理员 decides of an account beyond its role.
ALTER TABLE staff
	ADD COLUMN scope VARCHAR(6) NOT NULL DEFAULT '' COMMENT 'first digits of the 区划 he works on; empty: all of the bureau',
	ADD COLUMN may_download TINYINT NOT NULL DEFAULT 0 COMMENT 'may take files along, not only look at them',
	ADD COLUMN version INT NOT NULL DEFAULT 1,
	ADD KEY by_name (name)
