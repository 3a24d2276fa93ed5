UPDATE application a JOIN unit u ON u.id = a.unit_id SET a.unit_name = u.name
