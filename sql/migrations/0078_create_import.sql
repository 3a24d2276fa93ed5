-- A file of the catalogue that was uploaded: looked at by one job, taken over by another.
CREATE TABLE import (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code CHAR(32) NOT NULL COMMENT 'its place among the partial files of the store',
	file VARCHAR(800) NOT NULL,
	state TINYINT NOT NULL DEFAULT 1 COMMENT '1 being checked, 2 checked, 3 being taken over, 4 done, 5 failed',
	reason VARCHAR(200) NULL,
	good BIGINT NOT NULL DEFAULT 0,
	bad BIGINT NOT NULL DEFAULT 0,
	added BIGINT NOT NULL DEFAULT 0,
	changed BIGINT NOT NULL DEFAULT 0,
	same BIGINT NOT NULL DEFAULT 0,
	ended BIGINT NOT NULL DEFAULT 0,
	created_at BIGINT NOT NULL,
	UNIQUE KEY by_code (code)
) ENGINE = InnoDB
