-- Which officer has taken an application from the desk's list; gone when it leaves the desk.
CREATE TABLE application_claim (
	application_id BIGINT NOT NULL PRIMARY KEY,
	staff_id BIGINT NOT NULL,
	staff_name VARCHAR(60) NOT NULL,
	created_at BIGINT NOT NULL,
	KEY by_staff (staff_id)
) ENGINE = InnoDB
