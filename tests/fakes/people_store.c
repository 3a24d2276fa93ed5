#include "tests/fakes/people_store.h"

#include <string.h>
#include <strings.h>

#include "sql/bureau.h"
#include "sql/region.h"
#include "tests/fakes/faults.h"

struct people people;

/* The index of the first row that fits, or PEOPLE_MAX. */
#define FIND(i, rows, condition)                                                                   \
	size_t i = 0;                                                                              \
	while (i < PEOPLE_MAX && !(condition))                                                     \
	i++

/* ---- units ------------------------------------------------------------------- */

enum err
unit_get(struct sql *db, struct arena *arena, int64_t id, struct unit *ret)
{
	(void)db;
	(void)arena;
	TRY(faults_call());
	FIND(i, units, id && people.units[i].id == id);
	if (i == PEOPLE_MAX)
		return ERR_NOT_FOUND;
	*ret = people.units[i];
	return ERR_OK;
}

enum err
unit_by_account(struct sql *db, struct arena *arena, const char *account, struct unit *ret)
{
	FIND(i, units, people.units[i].id && strcasecmp(people.units[i].account, account) == 0);
	return unit_get(db, arena, i == PEOPLE_MAX ? 0 : people.units[i].id, ret);
}

enum err
unit_by_uscc(struct sql *db, struct arena *arena, const char *uscc, struct unit *ret)
{
	FIND(i, units, people.units[i].id && strcasecmp(people.units[i].uscc, uscc) == 0);
	return unit_get(db, arena, i == PEOPLE_MAX ? 0 : people.units[i].id, ret);
}

enum err
unit_insert(struct sql_tx *tx, const struct unit *u, int64_t *ret_id)
{
	(void)tx;
	TRY(faults_call());
	FIND(same, units,
	    people.units[same].id && (strcasecmp(people.units[same].account, u->account) == 0 ||
					 strcmp(people.units[same].uscc, u->uscc) == 0));
	if (same < PEOPLE_MAX)
		return ERR_EXISTS;
	FIND(i, units, !people.units[i].id);
	people.units[i] = *u;
	people.units[i].version = 1;
	*ret_id = people.units[i].id = (int64_t)i + 1;
	return ERR_OK;
}

enum err
unit_set_password(struct sql_tx *tx, int64_t id, const char *password)
{
	(void)tx;
	TRY(faults_call());
	FIND(i, units, people.units[i].id == id);
	people.units[i].password = password;
	return ERR_OK;
}

enum err
unit_certify(struct sql_tx *tx, int64_t id, int64_t version, unsigned certification,
    const char *reason, int64_t at, const char *licence)
{
	(void)tx;
	TRY(faults_call());
	FIND(i, units, people.units[i].id == id && people.units[i].version == version);
	if (i == PEOPLE_MAX)
		return ERR_CONFLICT;
	people.units[i].version++;
	people.units[i].certification = certification;
	people.units[i].certification_reason = reason;
	people.units[i].certified_at = at;
	if (licence)
		people.units[i].licence_upload = licence;
	return ERR_OK;
}

enum err
unit_has_applied(struct sql *db, struct arena *arena, int64_t id, bool *ret)
{
	(void)db;
	(void)arena;
	(void)id;
	*ret = false;
	return faults_call();
}

enum err
unit_lock(struct sql_tx *tx, struct arena *arena, int64_t id)
{
	(void)tx;
	(void)arena;
	(void)id;
	return faults_call();
}

/* ---- operators ----------------------------------------------------------------- */

enum err
operator_get(struct sql *db, struct arena *arena, int64_t id, struct operator* ret)
{
	(void)db;
	(void)arena;
	TRY(faults_call());
	FIND(i, operators, id && people.operators[i].id == id);
	if (i == PEOPLE_MAX)
		return ERR_NOT_FOUND;
	*ret = people.operators[i];
	return ERR_OK;
}

enum err
operator_by_phone(struct sql *db, struct arena *arena, const char *phone_index,
    struct operator* ret)
{
	FIND(i, operators,
	    people.operators[i].id && strcmp(people.operators[i].phone_index, phone_index) == 0);
	return operator_get(db, arena, i == PEOPLE_MAX ? 0 : people.operators[i].id, ret);
}

enum err
operator_insert(struct sql_tx *tx, const struct operator* o, int64_t *ret_id)
{
	(void)tx;
	TRY(faults_call());
	FIND(i, operators, !people.operators[i].id);
	people.operators[i] = *o;
	*ret_id = people.operators[i].id = (int64_t)i + 1;
	return ERR_OK;
}

enum err
operator_set_password(struct sql_tx *tx, int64_t id, const char *password, int64_t until)
{
	(void)tx;
	TRY(faults_call());
	FIND(i, operators, people.operators[i].id == id);
	people.operators[i].password = password;
	people.operators[i].password_until = until;
	people.operators[i].must_change = until != 0;
	return ERR_OK;
}

/* ---- bindings -------------------------------------------------------------------- */

enum err
binding_list(struct sql *db, struct arena *arena, int64_t unit_id, const struct binding **ret,
    size_t *ret_count)
{
	(void)db;
	TRY(faults_call());
	struct binding *list = arena_alloc(arena, sizeof(people.bindings));
	size_t count = 0;

	for (size_t i = 0; i < PEOPLE_MAX; i++)
		if (people.bindings[i].id && people.bindings[i].unit_id == unit_id)
			list[count++] = people.bindings[i];
	*ret = list;
	*ret_count = count;
	return ERR_OK;
}

static enum err
binding_at(size_t i, struct binding *ret)
{
	TRY(faults_call());
	if (i == PEOPLE_MAX)
		return ERR_NOT_FOUND;
	*ret = people.bindings[i];
	return ERR_OK;
}

enum err
binding_get(struct sql *db, struct arena *arena, int64_t id, int64_t unit_id, struct binding *ret)
{
	(void)db;
	(void)arena;
	FIND(i, bindings,
	    id && people.bindings[i].id == id && people.bindings[i].unit_id == unit_id);
	return binding_at(i, ret);
}

enum err
binding_find(struct sql *db, struct arena *arena, int64_t unit_id, int64_t operator_id,
    struct binding *ret)
{
	(void)db;
	(void)arena;
	FIND(i, bindings,
	    people.bindings[i].id && people.bindings[i].unit_id == unit_id &&
		people.bindings[i].operator_id == operator_id);
	return binding_at(i, ret);
}

enum err
binding_count(struct sql *db, struct arena *arena, int64_t unit_id, int64_t *ret)
{
	const struct binding *list;
	size_t count;

	TRY(binding_list(db, arena, unit_id, &list, &count));
	*ret = (int64_t)count;
	return ERR_OK;
}

enum err
binding_add(struct sql_tx *tx, int64_t unit_id, int64_t operator_id, int64_t now, int64_t *ret_id)
{
	(void)tx;
	TRY(faults_call());
	FIND(same, bindings,
	    people.bindings[same].id && people.bindings[same].unit_id == unit_id &&
		people.bindings[same].operator_id == operator_id);
	if (same < PEOPLE_MAX)
		return ERR_EXISTS;
	FIND(i, bindings, !people.bindings[i].id);
	people.bindings[i] = (struct binding){ .id = (int64_t)i + 1,
		.unit_id = unit_id,
		.operator_id = operator_id,
		.created_at = now };
	if (ret_id)
		*ret_id = people.bindings[i].id;
	return ERR_OK;
}

enum err
binding_delete(struct sql_tx *tx, int64_t unit_id, int64_t operator_id)
{
	(void)tx;
	TRY(faults_call());
	for (size_t i = 0; i < PEOPLE_MAX; i++) {
		if (people.bindings[i].unit_id == unit_id &&
		    people.bindings[i].operator_id == operator_id)
			people.bindings[i] = (struct binding){ 0 };
		if (people.grants[i].operator_id == operator_id)
			people.grants[i] = (struct grant){ 0 };
	}
	return ERR_OK;
}

enum err
bound_unit_list(struct sql *db, struct arena *arena, int64_t operator_id,
    const struct bound_unit **ret, size_t *ret_count)
{
	(void)db;
	TRY(faults_call());
	struct bound_unit *list = arena_alloc(arena, PEOPLE_MAX * sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < PEOPLE_MAX; i++)
		if (people.bindings[i].id && people.bindings[i].operator_id == operator_id)
			list[count++] = (struct bound_unit){ .id = people.bindings[i].unit_id,
				.name = "示例医院",
				.uscc = "91350100M000100Y43" };
	*ret = list;
	*ret_count = count;
	return ERR_OK;
}

/* ---- grants ------------------------------------------------------------------------ */

enum err
grant_list(struct sql *db, struct arena *arena, int64_t unit_id, const struct grant **ret,
    size_t *ret_count)
{
	(void)db;
	(void)unit_id;
	TRY(faults_call());
	struct grant *list = arena_alloc(arena, sizeof(people.grants));
	size_t count = 0;

	for (size_t i = 0; i < PEOPLE_MAX; i++)
		if (people.grants[i].operator_id)
			list[count++] = people.grants[i];
	*ret = list;
	*ret_count = count;
	return ERR_OK;
}

enum err
grant_add(struct sql_tx *tx, int64_t unit_id, unsigned business, int64_t operator_id, int64_t now)
{
	(void)tx;
	(void)unit_id;
	(void)now;
	TRY(faults_call());
	FIND(i, grants, !people.grants[i].operator_id);
	people.grants[i] = (struct grant){ business, operator_id, "王小慢" };
	return ERR_OK;
}

enum err
grant_delete(struct sql_tx *tx, int64_t unit_id, unsigned business, int64_t operator_id)
{
	(void)tx;
	(void)unit_id;
	TRY(faults_call());
	for (size_t i = 0; i < PEOPLE_MAX; i++)
		if (people.grants[i].business == business &&
		    people.grants[i].operator_id == operator_id)
			people.grants[i] = (struct grant){ 0 };
	return ERR_OK;
}

/* ---- the rest ------------------------------------------------------------------------ */

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
	TRY(faults_call());
	*ret = people.access;
	return ERR_OK;
}

enum err
institution_by_uscc(struct sql *db, struct arena *arena, const char *uscc,
    const struct institution **ret, size_t *ret_count)
{
	(void)db;
	TRY(faults_call());
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
	TRY(faults_call());
	FIND(i, institutions, id && people.institutions[i].id == id);
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
		{ "440199", "广州市本级", 4, 2, true, "广东省广州市" },
	};

	(void)db;
	(void)arena;
	TRY(faults_call());
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
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
	return faults_call();
}

enum err
bureau_get(struct sql *db, struct arena *arena, int64_t id, struct bureau *ret)
{
	(void)db;
	(void)arena;
	TRY(faults_call());
	*ret = (struct bureau){ id, "440100", "广州市医疗保障局", 3, "4401" };
	return ERR_OK;
}

enum err
staff_get(struct sql *db, struct arena *arena, int64_t id, struct staff *ret)
{
	(void)db;
	(void)arena;
	TRY(faults_call());
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
	return faults_call();
}

enum err
upload_get(struct sql *db, struct arena *arena, const char *id, struct upload *ret)
{
	(void)db;
	(void)arena;
	TRY(faults_call());
	if (!people.upload.id || strcmp(people.upload.id, id) != 0)
		return ERR_NOT_FOUND;
	*ret = people.upload;
	return ERR_OK;
}
