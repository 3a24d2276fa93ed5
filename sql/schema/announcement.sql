-- Shown on the home page of the public site from `starts` to `ends`, Unix seconds.
CREATE TABLE announcement (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	version INT NOT NULL DEFAULT 1,
	title VARCHAR(60) NOT NULL,
	body VARCHAR(2000) NOT NULL,
	starts BIGINT NOT NULL,
	ends BIGINT NOT NULL,
	active TINYINT NOT NULL DEFAULT 1,
	KEY by_time (active, ends)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
