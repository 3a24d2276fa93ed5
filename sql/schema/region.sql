-- 医保区划. Loaded from sql/seed/region.csv, kept on the intranet site afterwards.
CREATE TABLE region (
	code CHAR(6) NOT NULL PRIMARY KEY,
	name VARCHAR(60) NOT NULL,
	level TINYINT NOT NULL COMMENT '1 nation, 2 province, 3 prefecture, 4 county',
	parent CHAR(6) NULL,
	kind TINYINT NOT NULL COMMENT '1 area, 2 direct (本级), 3 placeholder',
	position INT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	version INT NOT NULL DEFAULT 1,
	active TINYINT NOT NULL DEFAULT 1,
	UNIQUE KEY id (id),
	KEY by_parent (parent, position)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;

-- 医保局. A bureau's jurisdiction is the regions whose code starts with prefix.
CREATE TABLE bureau (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	region_code CHAR(6) NOT NULL,
	name VARCHAR(80) NOT NULL,
	level TINYINT NOT NULL COMMENT '1 nation, 2 province, 3 prefecture',
	prefix VARCHAR(6) NOT NULL,
	version INT NOT NULL DEFAULT 1,
	UNIQUE KEY by_region (region_code),
	KEY by_prefix (prefix)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
