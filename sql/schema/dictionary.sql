-- The choice lists of forms whose texts, order and extra entries are the administration's
-- (handlers/rules/dictionary.h). `portal migrate` adds what the program knows and this lacks.
CREATE TABLE dictionary (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	version INT NOT NULL DEFAULT 1,
	list VARCHAR(30) NOT NULL,
	code VARCHAR(20) NOT NULL,
	text VARCHAR(40) NOT NULL,
	hint VARCHAR(200) NULL,
	position INT NOT NULL,
	active TINYINT NOT NULL DEFAULT 1,
	UNIQUE KEY by_code (list, code)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
