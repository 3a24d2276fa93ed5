#include "tests/fakes/deed_store.h"

#include <string.h>

#include "tests/fakes/sql.h"

struct fake_deeds fake_deeds;

enum err
audit_write(struct sql_tx *tx, struct arena *arena, const struct audit_entry *entry)
{
	(void)tx;
	(void)arena;
	TRY(fake_call());
	fake_deeds.written++;
	fake_deeds.last = *entry;
	return ERR_OK;
}

enum err
once_get(struct sql *db, struct arena *arena, const char *actor, const char *token,
    struct once *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	if (!fake_deeds.kept.token || strcmp(fake_deeds.kept.token, token) != 0 ||
	    strcmp(fake_deeds.kept.actor, actor) != 0)
		return ERR_NOT_FOUND;
	*ret = fake_deeds.kept;
	return ERR_OK;
}

enum err
once_put(struct sql_tx *tx, const struct once *o, int64_t now)
{
	(void)tx;
	(void)now;
	TRY(fake_call());
	if (fake_deeds.first.token) {
		fake_deeds.kept = fake_deeds.first;
		return ERR_EXISTS;
	}
	if (fake_deeds.kept.token)
		return ERR_EXISTS;
	fake_deeds.kept = *o;
	return ERR_OK;
}
