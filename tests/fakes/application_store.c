#include "tests/fakes/application_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handlers/rules/table/slots.h"
#include "sql/application/upload_scan.h"
#include "sql/key/sheet.h"
#include "tests/fakes/sql.h"

struct application_store application_store;
#define store application_store

static struct application_store saved;

static void
save(void)
{
	saved = store;
}

static void
restore(void)
{
	store = saved;
}

void
application_store_reset(void)
{
	memset(&store, 0, sizeof(store));
	fake_sql.save = save;
	fake_sql.restore = restore;
}

/* ---- the row ---------------------------------------------------------------- */

enum err
application_get(struct sql *db, struct arena *arena, const char *number, struct application *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	if (!store.row.number || strcmp(store.row.number, number) != 0)
		return ERR_NOT_FOUND;
	*ret = store.row;
	return ERR_OK;
}

enum err
application_lock(struct sql_tx *tx, struct arena *arena, int64_t id, struct application *ret)
{
	(void)id;
	return application_get(tx->db, arena, store.row.number, ret);
}

enum err
application_move(struct sql_tx *tx, const struct application_move *m)
{
	(void)tx;
	TRY(fake_call());
	if (store.row.id != m->id || store.row.version != m->version ||
	    store.row.state != (unsigned)m->step->from)
		return ERR_CONFLICT;
	store.row.version++;
	store.row.state = m->step->to;
	store.row.desk_bureau = m->desk_bureau;
	store.claim = (struct application_claim){ 0 };
	return ERR_OK;
}

enum err
acceptance_order_claim(struct sql_tx *tx, struct arena *arena, const struct acceptance_order *order,
    int64_t now)
{
	(void)tx;
	(void)arena;
	(void)now;
	TRY(fake_call());
	if (store.order_taken)
		return ERR_EXISTS;
	store.order = *order;
	return ERR_OK;
}

enum err
acceptance_order_get(struct sql *db, struct arena *arena, const char *order_no,
    struct acceptance_order *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	if (!store.order.order_no || strcmp(store.order.order_no, order_no) != 0)
		return ERR_NOT_FOUND;
	*ret = store.order;
	return ERR_OK;
}

enum err
application_claim_get(struct sql *db, struct arena *arena, int64_t application_id,
    struct application_claim *ret)
{
	(void)db;
	(void)arena;
	(void)application_id;
	TRY(fake_call());
	if (!store.claim.staff_id)
		return ERR_NOT_FOUND;
	*ret = store.claim;
	return ERR_OK;
}

enum err
application_claim_put(struct sql_tx *tx, int64_t application_id, const struct application_claim *c)
{
	(void)tx;
	(void)application_id;
	TRY(fake_call());
	store.claim = *c;
	return ERR_OK;
}

enum err
application_claim_delete(struct sql_tx *tx, int64_t application_id)
{
	(void)tx;
	(void)application_id;
	TRY(fake_call());
	store.claim = (struct application_claim){ 0 };
	return ERR_OK;
}

enum err
application_name(struct sql_tx *tx, int64_t id, const char *shown_app_name,
    const char *third_channel, const char *app_type, const char *sole)
{
	(void)tx;
	(void)id;
	(void)app_type;
	(void)sole;
	TRY(fake_call());
	if (store.sole_taken)
		return ERR_EXISTS;
	store.row.shown_app_name = shown_app_name;
	store.row.third_channel = third_channel;
	return ERR_OK;
}

enum err
application_name_taken(struct sql_tx *tx, struct arena *arena, int64_t unit_id,
    int64_t institution_id, const char *name, int64_t except, bool *ret)
{
	(void)tx;
	(void)arena;
	(void)unit_id;
	(void)institution_id;
	(void)name;
	(void)except;
	*ret = store.name_taken;
	return fake_call();
}

/* ---- answers and files -------------------------------------------------------- */

enum err
application_answers_get(struct sql *db, struct arena *arena, int64_t id,
    struct application_answers *ret)
{
	(void)db;
	(void)arena;
	(void)id;
	*ret = store.answers;
	return fake_call();
}

enum err
acceptance_answers_get(struct sql *db, struct arena *arena, int64_t id,
    struct acceptance_answers *ret)
{
	(void)db;
	(void)arena;
	(void)id;
	*ret = store.acceptance;
	return fake_call();
}

enum err
application_files(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_file **ret, size_t *ret_count)
{
	(void)db;
	(void)arena;
	(void)application_id;
	*ret = store.files;
	*ret_count = store.nfiles;
	return fake_call();
}

enum err
application_file_put(struct sql_tx *tx, int64_t application_id, const char *field,
    const char *upload_id)
{
	(void)tx;
	(void)application_id;
	(void)field;
	(void)upload_id;
	return fake_call();
}

static char upload_keys[16][33];

const char *
store_upload_key(size_t slot, int64_t unit_id)
{
	static size_t used;
	char *key = upload_keys[used++ % 16];

	snprintf(key, 33, "%016zx%016llx", slot, (unsigned long long)unit_id);
	return key;
}

bool
store_upload(const char *id, struct upload *ret)
{
	char slot[17] = { 0 };

	for (size_t i = 0; i < 16; i++) {
		if (strcmp(upload_keys[i], id) != 0)
			continue;
		memcpy(slot, id, 16);
		*ret = (struct upload){ .id = id,
			.unit_id = strtoll(id + 16, NULL, 16),
			.slot = slots[strtoul(slot, NULL, 16)].name,
			.state = UPLOAD_STORED };
		return true;
	}
	return false;
}

/* ---- what a step leaves behind ------------------------------------------------- */

enum err
application_event_add(struct sql_tx *tx, int64_t application_id, const struct application_event *e)
{
	(void)tx;
	(void)application_id;
	TRY(fake_call());
	store.event = *e;
	store.events++;
	return ERR_OK;
}

enum err
application_round_add(struct sql_tx *tx, int64_t application_id, const struct application_round *r)
{
	(void)tx;
	(void)application_id;
	TRY(fake_call());
	store.round = *r;
	store.rounds++;
	return ERR_OK;
}

enum err
application_round_last(struct sql *db, struct arena *arena, int64_t application_id, unsigned phase,
    struct application_round *ret)
{
	(void)db;
	(void)arena;
	(void)application_id;
	TRY(fake_call());
	if (!store.rounds || store.round.phase != phase)
		return ERR_NOT_FOUND;
	*ret = store.round;
	return ERR_OK;
}

enum err
application_round_file_add(struct sql_tx *tx, int64_t application_id, int64_t round,
    const char *field, const char *upload_id)
{
	(void)tx;
	(void)application_id;
	(void)round;
	(void)field;
	(void)upload_id;
	TRY(fake_call());
	store.round_files++;
	return ERR_OK;
}

enum err
channel_credential_disable(struct sql_tx *tx, int64_t application_id, int64_t now)
{
	(void)tx;
	(void)application_id;
	(void)now;
	TRY(fake_call());
	store.disabled = true;
	return ERR_OK;
}

bool
channel_credential_in_force(const struct channel_credential *c, int64_t now)
{
	return !c->disabled_at && (!c->valid_until || c->valid_until > now);
}

enum err
channel_credential_get(struct sql *db, struct arena *arena, int64_t application_id,
    unsigned environment, struct channel_credential *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	if (store.no_credential)
		return ERR_NOT_FOUND;
	*ret = (struct channel_credential){ .application_id = application_id,
		.environment = environment,
		.app_id = "0123456789ABCDEF0123456789ABCDEF",
		.channel_public = store.test_public };
	return ERR_OK;
}

enum err
issued_sheet_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct issued_sheet **ret, size_t *ret_count)
{
	(void)db;
	(void)arena;
	(void)application_id;
	*ret = NULL;
	*ret_count = 0;
	return fake_call();
}

enum err
application_events(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_event **ret, size_t *ret_count)
{
	(void)db;
	(void)arena;
	(void)application_id;
	*ret = &store.event;
	*ret_count = store.events ? 1 : 0;
	return fake_call();
}

enum err
application_decided_elsewhere(struct sql *db, struct arena *arena, int64_t application_id,
    unsigned desk, const char *index, const char *also, bool *ret)
{
	(void)db;
	(void)arena;
	(void)application_id;
	(void)desk;
	(void)index;
	(void)also;
	*ret = store.decided_elsewhere;
	return fake_call();
}

/* ---- dictionaries ---------------------------------------------------------------- */

enum err
official_channel_get(struct sql *db, struct arena *arena, int64_t id, struct official_channel *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	if (id != 1)
		return ERR_NOT_FOUND;
	*ret = (struct official_channel){ 1, "官方示例", "wechat", true };
	return ERR_OK;
}

enum err
application_existing_get(struct sql *db, struct arena *arena, int64_t unit_id,
    int64_t institution_id, const char *number, struct existing_app *ret)
{
	(void)db;
	(void)arena;
	(void)unit_id;
	(void)institution_id;
	(void)number;
	(void)ret;
	TRY(fake_call());
	return ERR_NOT_FOUND;
}

enum err
upload_scan_obstacle(struct sql *db, struct arena *arena, int64_t application_id, int64_t round,
    struct scan_obstacle *ret)
{
	(void)db;
	(void)arena;
	(void)application_id;
	(void)round;
	TRY(fake_call());
	if (store.scan == SCAN_NONE || store.scan == SCAN_CLEAN)
		return ERR_NOT_FOUND;
	*ret = (struct scan_obstacle){ .name = "申请函.pdf", .state = store.scan };
	return ERR_OK;
}

enum err
upload_scan_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct upload_scan **ret, size_t *ret_count)
{
	(void)db;
	(void)arena;
	(void)application_id;
	TRY(fake_call());
	*ret = NULL;
	*ret_count = 0;
	return ERR_OK;
}
