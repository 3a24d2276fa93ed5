INSERT INTO application_decision (bureau_id, region_code, event_id)
	SELECT e.bureau_id, a.region_code, e.id
	FROM application_event e STRAIGHT_JOIN application a ON a.id = e.application_id
	WHERE e.bureau_id IS NOT NULL ORDER BY e.bureau_id, a.region_code, e.id
