-- The trail is searched by person, object, address, deed and time, newest first.
ALTER TABLE audit
	DROP KEY by_user,
	DROP KEY by_object,
	ADD KEY by_person (user_id, created_at),
	ADD KEY by_object (object, created_at),
	ADD KEY by_address (address, created_at),
	ADD KEY by_deed (deed, created_at),
	ADD KEY by_time (created_at)
