-- 医保局. A bureau's jurisdiction is the regions whose code starts with prefix.
CREATE TABLE bureau (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	region_code CHAR(6) NOT NULL,
	name VARCHAR(80) NOT NULL,
	level TINYINT NOT NULL COMMENT '1 nation, 2 province, 3 prefecture',
	prefix VARCHAR(6) NOT NULL,
	UNIQUE KEY by_region (region_code),
	KEY by_prefix (prefix)
) ENGINE = InnoDB
