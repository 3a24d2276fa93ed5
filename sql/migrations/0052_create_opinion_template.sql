-- 常用意见 of a bureau; those of the nation may be offered to all.
CREATE TABLE opinion_template (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	bureau_id BIGINT NOT NULL,
	national TINYINT NOT NULL DEFAULT 0 COMMENT 'offered to every bureau',
	event VARCHAR(10) NULL COMMENT 'pass or reject; NULL either',
	title VARCHAR(40) NOT NULL,
	text VARCHAR(600) NOT NULL,
	updated_at BIGINT NOT NULL,
	KEY by_bureau (bureau_id),
	KEY by_national (national)
) ENGINE = InnoDB
