-- What lies at a desk of one province, or of a smaller 区划, in indexes of the desk: not among all that lies there.
ALTER TABLE application
	ADD KEY by_desk_province (desk_bureau, province_bureau, desk_since, id, state, business_type, region_code, institution_code),
	ADD KEY by_desk_region (desk_bureau, region_code, desk_since, id, state, business_type, institution_code)
