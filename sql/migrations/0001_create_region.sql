-- 医保区划: identifiers.md. Loaded from sql/seed/region.csv, editable afterwards.
CREATE TABLE region (
	code CHAR(6) NOT NULL PRIMARY KEY,
	name VARCHAR(60) NOT NULL,
	level TINYINT NOT NULL COMMENT '1 nation, 2 province, 3 prefecture, 4 county',
	parent CHAR(6) NULL,
	kind TINYINT NOT NULL COMMENT '1 area, 2 direct (本级), 3 placeholder',
	position INT NOT NULL,
	KEY by_parent (parent, position)
) ENGINE = InnoDB
