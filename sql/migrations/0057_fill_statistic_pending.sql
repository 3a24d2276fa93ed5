INSERT INTO statistic_pending (event_id) SELECT id FROM application_event
