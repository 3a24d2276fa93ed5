-- The janitor asks of each old upload whether a unit holds it.
ALTER TABLE unit ADD KEY by_licence (licence_upload)
