-- A file of the catalogue is compared with what its regions hold.
ALTER TABLE institution
	ADD KEY by_region (region_code, active)
