-- The sandbox finds the credential by what an envelope says of itself.
ALTER TABLE credential ADD KEY by_app_id (app_id)
