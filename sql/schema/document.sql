-- Uploaded versions of the documents people download beside the upload fields (A-42).
CREATE TABLE document (
	name VARCHAR(30) NOT NULL,
	number INT NOT NULL,
	file VARCHAR(800) NOT NULL,
	type VARCHAR(100) NOT NULL,
	digest CHAR(64) NOT NULL,
	size BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (name, number),
	KEY by_digest (digest)
) ENGINE = InnoDB COLLATE utf8mb4_nopad_bin;
