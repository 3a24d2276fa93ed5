#include "tests/fakes/people_store.h"

#include <string.h>
#include <strings.h>

#include "sql/account/certification.h"
#include "tests/fakes/sql.h"

struct people people;
static struct people saved;

static void
save(void)
{
	saved = people;
}

static void
restore(void)
{
	people = saved;
}

void
people_reset(void)
{
	people = (struct people){ 0 };
	fake_sql.save = save;
	fake_sql.restore = restore;
}

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
	TRY(fake_call());
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
	TRY(fake_call());
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
	TRY(fake_call());
	FIND(i, units, people.units[i].id == id);
	people.units[i].password = password;
	return ERR_OK;
}

enum err
unit_certify(struct sql_tx *tx, int64_t id, int64_t version, unsigned certification,
    const char *reason, int64_t at, const char *licence)
{
	(void)tx;
	TRY(fake_call());
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
	return fake_call();
}

enum err
unit_lock(struct sql_tx *tx, struct arena *arena, int64_t id)
{
	(void)tx;
	(void)arena;
	(void)id;
	return fake_call();
}

enum err
certification_ask(struct sql_tx *tx, int64_t unit_id, int64_t version, int64_t bureau_id,
    int64_t now)
{
	TRY(unit_certify(tx, unit_id, version, CERTIFICATION_MANUAL,
	    people.units[0].certification_reason, 0, NULL));
	FIND(i, units, people.units[i].id == unit_id);
	people.units[i].manual_bureau = bureau_id;
	people.units[i].manual_at = now;
	return ERR_OK;
}

enum err
certification_confirm(struct sql_tx *tx, int64_t unit_id, int64_t version, unsigned certification,
    const char *reason, int64_t at, int64_t until)
{
	TRY(unit_certify(tx, unit_id, version, certification, reason, at, NULL));
	FIND(i, units, people.units[i].id == unit_id);
	people.units[i].certified_until = until;
	return ERR_OK;
}

/* ---- operators ----------------------------------------------------------------- */

enum err
operator_get(struct sql *db, struct arena *arena, int64_t id, struct operator* ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	FIND(i, operators, id && people.operators[i].id == id);
	if (i == PEOPLE_MAX)
		return ERR_NOT_FOUND;
	*ret = people.operators[i];
	return ERR_OK;
}

enum err
operator_by_phone(struct sql *db, struct arena *arena, const char *phone_index, const char *also,
    struct operator* ret)
{
	FIND(i, operators,
	    people.operators[i].id &&
		(strcmp(people.operators[i].phone_index, phone_index) == 0 ||
		    (also && strcmp(people.operators[i].phone_index, also) == 0)));
	return operator_get(db, arena, i == PEOPLE_MAX ? 0 : people.operators[i].id, ret);
}

enum err
operator_insert(struct sql_tx *tx, struct arena *arena, const struct operator* o, const char *also,
    int64_t *ret_id)
{
	(void)tx;
	(void)arena;
	(void)also;
	TRY(fake_call());
	FIND(i, operators, !people.operators[i].id);
	people.operators[i] = *o;
	*ret_id = people.operators[i].id = (int64_t)i + 1;
	return ERR_OK;
}

enum err
operator_set_password(struct sql_tx *tx, int64_t id, const char *password, int64_t until)
{
	(void)tx;
	TRY(fake_call());
	FIND(i, operators, people.operators[i].id == id);
	people.operators[i].password = password;
	people.operators[i].password_until = until;
	people.operators[i].must_change = until != 0;
	return ERR_OK;
}

/* ---- bindings -------------------------------------------------------------------- */

static bool
is_alone(int64_t operator_id)
{
	size_t units = 0;

	for (size_t i = 0; i < PEOPLE_MAX; i++)
		units += people.bindings[i].id && people.bindings[i].operator_id == operator_id;
	return units == 1;
}

enum err
binding_list(struct sql *db, struct arena *arena, int64_t unit_id, const struct binding **ret,
    size_t *ret_count)
{
	(void)db;
	TRY(fake_call());
	struct binding *list = arena_alloc(arena, sizeof(people.bindings));
	size_t count = 0;

	for (size_t i = 0; i < PEOPLE_MAX; i++)
		if (people.bindings[i].id && people.bindings[i].unit_id == unit_id) {
			list[count] = people.bindings[i];
			list[count].alone = is_alone(list[count].operator_id);
			count++;
		}
	*ret = list;
	*ret_count = count;
	return ERR_OK;
}

static enum err
binding_at(size_t i, struct binding *ret)
{
	TRY(fake_call());
	if (i == PEOPLE_MAX)
		return ERR_NOT_FOUND;
	*ret = people.bindings[i];
	ret->alone = is_alone(ret->operator_id);
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
	TRY(fake_call());
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
	TRY(fake_call());
	for (size_t i = 0; i < PEOPLE_MAX; i++) {
		if (people.bindings[i].unit_id == unit_id &&
		    people.bindings[i].operator_id == operator_id)
			people.bindings[i] = (struct binding){ 0 };
		if (people.grants[i].operator_id == operator_id)
			people.grants[i] = (struct grant){ 0 };
	}
	return ERR_OK;
}

/* ---- invitations ----------------------------------------------------------------- */

static bool
is_of_phone(size_t i, const char *phone_index, const char *also)
{
	const struct invitation *one = &people.invitations[i];

	return one->id && (strcmp(one->phone_index, phone_index) == 0 ||
			      (also && strcmp(one->phone_index, also) == 0));
}

static enum err
invitation_at(size_t i, struct invitation *ret)
{
	TRY(fake_call());
	if (i == PEOPLE_MAX)
		return ERR_NOT_FOUND;
	*ret = people.invitations[i];
	return ERR_OK;
}

enum err
invitation_list(struct sql *db, struct arena *arena, int64_t unit_id, const struct invitation **ret,
    size_t *ret_count)
{
	(void)db;
	TRY(fake_call());
	struct invitation *list = arena_alloc(arena, sizeof(people.invitations));
	size_t count = 0;

	for (size_t i = 0; i < PEOPLE_MAX; i++)
		if (people.invitations[i].id && people.invitations[i].unit_id == unit_id)
			list[count++] = people.invitations[i];
	*ret = list;
	*ret_count = count;
	return ERR_OK;
}

enum err
invitation_get(struct sql *db, struct arena *arena, int64_t id, int64_t unit_id,
    struct invitation *ret)
{
	(void)db;
	(void)arena;
	FIND(i, invitations,
	    id && people.invitations[i].id == id && people.invitations[i].unit_id == unit_id);
	return invitation_at(i, ret);
}

enum err
invitation_of_phone(struct sql *db, struct arena *arena, int64_t id, const char *phone_index,
    const char *also, struct invitation *ret)
{
	(void)db;
	(void)arena;
	FIND(i, invitations, people.invitations[i].id == id && is_of_phone(i, phone_index, also));
	return invitation_at(i, ret);
}

enum err
invitation_exists(struct sql *db, struct arena *arena, int64_t unit_id, const char *phone_index,
    const char *also, bool *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	FIND(i, invitations,
	    people.invitations[i].unit_id == unit_id && is_of_phone(i, phone_index, also));
	*ret = i < PEOPLE_MAX;
	return ERR_OK;
}

enum err
invitation_by_secret(struct sql *db, struct arena *arena, const char *secret, const char *also,
    struct invitation *ret)
{
	(void)db;
	(void)arena;
	(void)also;
	FIND(i, invitations, people.secrets[i] && strcmp(people.secrets[i], secret) == 0);
	return invitation_at(i, ret);
}

enum err
invitation_insert(struct sql_tx *tx, const struct invitation *one, int64_t *ret_id)
{
	(void)tx;
	TRY(fake_call());
	FIND(i, invitations, !people.invitations[i].id);
	people.invitations[i] = *one;
	*ret_id = people.invitations[i].id = (int64_t)i + 1;
	return ERR_OK;
}

enum err
invitation_set_secret(struct sql_tx *tx, int64_t id, const char *secret, int64_t until)
{
	(void)tx;
	TRY(fake_call());
	FIND(i, invitations, people.invitations[i].id == id);
	people.secrets[i] = secret;
	people.invitations[i].secret_until = until;
	return ERR_OK;
}

enum err
invitation_delete(struct sql_tx *tx, int64_t id)
{
	(void)tx;
	TRY(fake_call());
	FIND(i, invitations, people.invitations[i].id == id);
	if (i == PEOPLE_MAX)
		return ERR_NOT_FOUND;
	people.invitations[i] = (struct invitation){ 0 };
	people.secrets[i] = NULL;
	return ERR_OK;
}

enum err
inviting_unit_list(struct sql *db, struct arena *arena, const char *phone_index, const char *also,
    const struct inviting_unit **ret, size_t *ret_count)
{
	(void)db;
	TRY(fake_call());
	struct inviting_unit *list = arena_alloc(arena, PEOPLE_MAX * sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < PEOPLE_MAX; i++)
		if (is_of_phone(i, phone_index, also))
			list[count++] = (struct inviting_unit){ .id = people.invitations[i].id,
				.unit = "示例医院",
				.uscc = "91350100M000100Y43" };
	*ret = list;
	*ret_count = count;
	return ERR_OK;
}

enum err
invitation_count(struct sql *db, struct arena *arena, const char *phone_index, const char *also,
    int64_t *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	*ret = 0;
	for (size_t i = 0; i < PEOPLE_MAX; i++)
		*ret += is_of_phone(i, phone_index, also);
	return ERR_OK;
}

enum err
bound_unit_list(struct sql *db, struct arena *arena, int64_t operator_id,
    const struct bound_unit **ret, size_t *ret_count)
{
	(void)db;
	TRY(fake_call());
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
	TRY(fake_call());
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
	TRY(fake_call());
	FIND(i, grants, !people.grants[i].operator_id);
	people.grants[i] = (struct grant){ business, operator_id, "王小慢" };
	return ERR_OK;
}

enum err
grant_delete(struct sql_tx *tx, int64_t unit_id, unsigned business, int64_t operator_id)
{
	(void)tx;
	(void)unit_id;
	TRY(fake_call());
	for (size_t i = 0; i < PEOPLE_MAX; i++)
		if (people.grants[i].business == business &&
		    people.grants[i].operator_id == operator_id)
			people.grants[i] = (struct grant){ 0 };
	return ERR_OK;
}

enum err
grant_holds(struct sql *db, struct arena *arena, int64_t unit_id, unsigned business,
    int64_t operator_id, bool *ret)
{
	(void)db;
	(void)arena;
	(void)unit_id;
	TRY(fake_call());
	*ret = false;
	for (size_t i = 0; i < PEOPLE_MAX; i++)
		*ret = *ret || (people.grants[i].operator_id == operator_id &&
				   people.grants[i].business == business);
	return ERR_OK;
}
