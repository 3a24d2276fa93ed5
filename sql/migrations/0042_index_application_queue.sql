-- What a desk's list is ordered by, what it is filtered by, and names to search in each bureau's range.
ALTER TABLE application
	DROP KEY by_desk,
	ADD KEY by_desk (desk_bureau, desk_since, id, state, business_type, region_code),
	ADD KEY by_region (region_code, id),
	ADD KEY by_local_institution (local_bureau, institution_name),
	ADD KEY by_local_unit (local_bureau, unit_name),
	ADD KEY by_province_institution (province_bureau, institution_name),
	ADD KEY by_province_unit (province_bureau, unit_name),
	ADD KEY by_institution_name (institution_name),
	ADD KEY by_unit_name (unit_name)
