-- A key that is reported must be in use nowhere else.
ALTER TABLE credential
	ADD KEY by_channel_public (channel_public),
	ADD KEY by_platform_public (platform_public)
