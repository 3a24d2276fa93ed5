#include "tests/fakes/application_store.h"
#include "tests/fakes/sql.h"

#define store application_store

/* ---- what an officer was writing ------------------------------------------------ */

enum err
review_drafts_send(struct sql_tx *tx, int64_t application_id, int64_t staff_id)
{
	(void)tx;
	(void)application_id;
	TRY(fake_call());
	if (store.drafts_of == staff_id) {
		store.pins_sent += store.drafts;
		store.drafts = 0;
	}
	return ERR_OK;
}

enum err
review_drafts_hand(struct sql_tx *tx, int64_t application_id, int64_t from, int64_t to)
{
	(void)tx;
	(void)application_id;
	TRY(fake_call());
	if (store.drafts_of == from)
		store.drafts_of = to;
	return ERR_OK;
}

enum err
review_drafts_drop(struct sql_tx *tx, int64_t application_id)
{
	(void)tx;
	(void)application_id;
	TRY(fake_call());
	store.drafts = 0;
	return ERR_OK;
}

enum err
application_pinned(struct sql *db, struct arena *arena, int64_t application_id,
    const struct pinned_field **ret, size_t *ret_count)
{
	(void)db;
	(void)arena;
	(void)application_id;
	*ret = store.pinned;
	*ret_count = store.npinned;
	return fake_call();
}
