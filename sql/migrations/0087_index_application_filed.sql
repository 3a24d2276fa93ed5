-- Pages and searches of each bureau begin where the reader is, whatever else there is of it.
ALTER TABLE application
	DROP KEY by_local,
	DROP KEY by_province,
	DROP KEY by_region,
	DROP KEY by_desk,
	ADD KEY by_local (local_bureau, filed, id),
	ADD KEY by_province (province_bureau, filed, id),
	ADD KEY by_nation (nation_bureau, filed, id),
	ADD KEY by_region (region_code, filed, id),
	ADD KEY by_desk (desk_bureau, desk_since, id, state, business_type, region_code, institution_code),
	ADD KEY by_over (over_bureau, desk_since, id, state, business_type, region_code, institution_code),
	ADD KEY by_local_number (local_bureau, number),
	ADD KEY by_province_number (province_bureau, number),
	ADD KEY by_desk_number (desk_bureau, number),
	ADD KEY by_desk_institution (desk_bureau, institution_name),
	ADD KEY by_desk_unit (desk_bureau, unit_name)
