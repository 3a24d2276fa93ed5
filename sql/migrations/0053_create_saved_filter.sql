-- Lists an officer has narrowed and given a name.
CREATE TABLE saved_filter (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	staff_id BIGINT NOT NULL,
	name VARCHAR(30) NOT NULL,
	query VARCHAR(600) NOT NULL,
	UNIQUE KEY by_name (staff_id, name)
) ENGINE = InnoDB
