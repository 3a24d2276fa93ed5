-- Who else reported this key?
ALTER TABLE channel_key ADD KEY by_key (public_key)
