-- One row: whoever counts holds it, and when that was last done.
CREATE TABLE statistic_state (
	id TINYINT NOT NULL PRIMARY KEY,
	counted_at BIGINT NOT NULL
) ENGINE = InnoDB SELECT 1 AS id, 0 AS counted_at
