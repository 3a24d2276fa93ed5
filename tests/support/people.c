#include "tests/support/people.h"

#include <string.h>

#include "tests/support/database.h"

#define NOW INT64_C(1700000000)

enum err
make_unit(struct unit *ret)
{
	const char *key = test_key();
	struct unit u = {
		.account = arena_printf(arena, "Unit-%.20s", key),
		.password = "$argon2id$none",
		.name = "示例医院 O'Brien \" -- ;",
		.kind = "hospital",
		.region_code = "440106",
		.uscc = arena_printf(arena, "%.18s", key),
		.address = "示例路1号",
		.legal_name_sealed = "sealed name",
		.legal_id_type = "id_card",
		.legal_id_sealed = "sealed id",
		.legal_phone_sealed = "sealed phone",
		.created_at = NOW,
	};

	SQL_TX(tx, db);
	TRY(unit_insert(&tx, &u, &u.id));
	*ret = u;
	return sql_commit(&tx);
}

enum err make_operator(struct operator* ret)
{
	struct operator o = {
		.phone_index = arena_printf(arena, "%s%s", test_key(), test_key()),
		.phone_sealed = "sealed phone",
		.name = "王小慢",
		.id_type = "passport",
		.id_sealed = "sealed id",
		.id_start = "2020-01-01",
		.password = "$argon2id$none",
		.must_change = true,
		.password_until = NOW + 86400,
		.created_at = NOW,
	};

	SQL_TX(tx, db);
	TRY(operator_insert(&tx, arena, &o, NULL, &o.id));
	*ret = o;
	return sql_commit(&tx);
}

enum err
make_staff(struct staff *s)
{
	s->phone_sealed = "sealed phone";
	s->id_sealed = "sealed id";
	s->id_index = arena_printf(arena, "%s%s", test_key(), test_key());
	s->scope = s->scope ? s->scope : "";
	s->password_at = NOW;
	SQL_TX(tx, db);
	TRY(staff_add_row(&tx, s, &s->id));
	return sql_commit(&tx);
}

enum err
bind_operator(int64_t unit_id, int64_t operator_id, int64_t *ret_id)
{
	SQL_TX(tx, db);
	TRY(binding_add(&tx, unit_id, operator_id, NOW, ret_id));
	return sql_commit(&tx);
}

enum err
make_institution(const char *uscc, const char *region_code, bool active, int64_t *ret_id)
{
	SQL_TX(tx, db);
	TRY(sql_insert(&tx,
	    "INSERT INTO institution (code, name, region_code, uscc, agreement_start,"
	    " agreement_end, active) VALUES (?, '示例机构', ?, ?, 0, 4000000000, ?)",
	    ARGS(V(arena_printf(arena, "H%011lld", (long long)(test_number() % 100000000000))),
		V(region_code), V(uscc), V(active)),
	    ret_id));
	return sql_commit(&tx);
}
