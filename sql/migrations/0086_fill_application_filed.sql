UPDATE application SET filed = 1,
	over_bureau = CASE desk_bureau WHEN nation_bureau THEN NULL WHEN province_bureau THEN nation_bureau
		WHEN local_bureau THEN province_bureau END
	WHERE round > 0
