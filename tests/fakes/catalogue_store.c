/* The second half of people_store.h: what people are looked up in, and staff. */
#include <string.h>
#include <strings.h>

#include "fcgi/base/array.h"
#include "handlers/rules/table/kinds.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/dictionary.h"
#include "sql/catalogue/region.h"
#include "sql/record/message.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"

enum err
access_get(struct sql *db, struct arena *arena, int64_t unit_id, int64_t operator_id,
    unsigned business, int64_t institution_id, struct access *ret)
{
	(void)db;
	(void)arena;
	(void)unit_id;
	(void)operator_id;
	(void)business;
	(void)institution_id;
	TRY(fake_call());
	*ret = people.access;
	return ERR_OK;
}

enum err
standing_get(struct sql *db, struct arena *arena, unsigned role, int64_t user_id,
    struct standing *ret)
{
	(void)db;
	(void)arena;
	(void)role;
	(void)user_id;
	TRY(fake_call());
	*ret = people.standing;
	return ERR_OK;
}

enum err
standing_hold(struct sql_tx *tx, struct arena *arena, int64_t staff_id, struct standing *ret)
{
	return standing_get(tx->db, arena, ROLE_OFFICER, staff_id, ret);
}

enum err
institution_by_uscc(struct sql *db, struct arena *arena, const char *uscc,
    const struct institution **ret, size_t *ret_count)
{
	(void)db;
	TRY(fake_call());
	struct institution *list = arena_alloc(arena, sizeof(people.institutions));
	size_t count = 0;

	for (size_t i = 0; i < PEOPLE_MAX; i++)
		if (people.institutions[i].id && strcmp(people.institutions[i].uscc, uscc) == 0)
			list[count++] = people.institutions[i];
	*ret = list;
	*ret_count = count;
	return ERR_OK;
}

enum err
institution_of_unit(struct sql *db, struct arena *arena, int64_t id, int64_t unit_id,
    struct institution *ret)
{
	(void)db;
	(void)arena;
	(void)unit_id;
	size_t i = 0;

	TRY(fake_call());

	while (i < PEOPLE_MAX && (!id || people.institutions[i].id != id))
		i++;
	if (i == PEOPLE_MAX)
		return ERR_NOT_FOUND;
	*ret = people.institutions[i];
	return ERR_OK;
}

/* 440106 is a district, 440100 a city with districts, 440199 a 本级; nothing else exists. */
enum err
region_get(struct sql *db, struct arena *arena, const char *code, struct region *ret)
{
	static const struct region known[] = {
		{ "440106", "天河区", 4, 1, true, "广东省广州市" },
		{ "440100", "广州市", 3, 1, false, "广东省" },
		{ "440199", "广州市本级", 4, 2, false, "广东省广州市" },
	};

	(void)db;
	(void)arena;
	TRY(fake_call());
	for (size_t i = 0; i < COUNT(known); i++)
		if (strcmp(known[i].code, code) == 0) {
			*ret = known[i];
			return ERR_OK;
		}
	return ERR_NOT_FOUND;
}

enum err
region_full_name(struct sql *db, struct arena *arena, const char *code, const char **ret)
{
	(void)db;
	(void)arena;
	*ret = code;
	return fake_call();
}

enum err
bureau_get(struct sql *db, struct arena *arena, int64_t id, struct bureau *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	*ret = (struct bureau){ id, "440100", "广州市医疗保障局", 3, "4401" };
	return ERR_OK;
}

enum err
bureau_chain(struct sql *db, struct arena *arena, const char *region_code, struct bureau_chain *ret)
{
	(void)region_code;
	TRY(bureau_get(db, arena, 3, &ret->local));
	ret->province = ret->nation = ret->local;
	return ERR_OK;
}

enum err
last_login_get(struct sql *db, struct arena *arena, unsigned role, int64_t user_id,
    struct last_login *ret)
{
	(void)db;
	(void)arena;
	(void)role;
	(void)user_id;
	TRY(fake_call());
	if (!people.last_login.at)
		return ERR_NOT_FOUND;
	*ret = people.last_login;
	return ERR_OK;
}

enum err
last_login_put(struct sql_tx *tx, unsigned role, int64_t user_id, const struct last_login *login)
{
	(void)tx;
	(void)role;
	(void)user_id;
	TRY(fake_call());
	people.last_login = *login;
	return ERR_OK;
}

enum err
staff_get(struct sql *db, struct arena *arena, int64_t id, struct staff *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	if (!id || people.staff.id != id)
		return ERR_NOT_FOUND;
	*ret = people.staff;
	return ERR_OK;
}

enum err
staff_by_account(struct sql *db, struct arena *arena, const char *account, struct staff *ret)
{
	bool same = people.staff.id && strcasecmp(people.staff.account, account) == 0;

	return staff_get(db, arena, same ? people.staff.id : 0, ret);
}

enum err
staff_set_password(struct sql_tx *tx, int64_t id, const char *password)
{
	(void)tx;
	(void)id;
	people.staff.password = password;
	people.staff.must_change = false;
	return fake_call();
}

enum err
staff_set_totp(struct sql_tx *tx, int64_t id, const char *sealed)
{
	(void)tx;
	(void)id;
	TRY(fake_call());
	people.staff.totp_sealed = sealed;
	return ERR_OK;
}

enum err
staff_use_totp(struct sql_tx *tx, int64_t id, int64_t step)
{
	(void)tx;
	(void)id;
	TRY(fake_call());
	if (people.staff.totp_step >= step)
		return ERR_CONFLICT;
	people.staff.totp_step = step;
	return ERR_OK;
}

enum err
message_unread(struct sql *db, struct arena *arena, unsigned role, int64_t user_id, int64_t *ret)
{
	(void)db;
	(void)arena;
	(void)role;
	(void)user_id;
	*ret = 3;
	return fake_call();
}

/* Nobody keeps choice lists here: forms have those they were built with. */
enum err
dictionary_all(struct sql *db, struct arena *arena, const struct dictionary_entry **ret,
    size_t *ret_count)
{
	(void)db;
	(void)arena;
	*ret = NULL;
	*ret_count = 0;
	return ERR_OK;
}

enum err
dictionary_ensure(struct sql_tx *tx, const struct dictionary_entry *entry, int64_t position)
{
	(void)tx;
	(void)entry;
	(void)position;
	return ERR_OK;
}
