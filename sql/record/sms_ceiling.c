#include "sql/record/sms_ceiling.h"

#include <string.h>

static bool
is_first(const struct sms_ceiling *list, size_t i)
{
	return i == 0 || strcmp(list[i].subject, list[i - 1].subject) != 0;
}

/* Until this transaction ends nobody else counts by it. */
static enum err
lock(struct sql_tx *tx, const char *subject, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO sms_subject (subject, at) VALUES (?, ?)"
	    " ON DUPLICATE KEY UPDATE at = VALUES(at)",
	    ARGS(V(subject), V(now)), NULL);
}

/* The last that fits hangs on when the one `most` before it was. */
static enum err
left_of(struct sql_tx *tx, struct arena *arena, const struct sms_ceiling *c, int64_t now,
    int64_t *ret)
{
	int64_t at;
	enum err e = sql_number(tx->db, arena,
	    "SELECT at FROM sms_counted WHERE subject = ? AND at > ?"
	    " ORDER BY at DESC LIMIT 1 OFFSET ?",
	    ARGS(V(c->subject), V(now - c->window), V(c->most - 1)), &at);

	*ret = e == ERR_OK ? at + c->window - now : 0;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
sms_ceiling_take(struct sql_tx *tx, struct arena *arena, const struct sms_ceiling *list,
    size_t count, int64_t now, int64_t *ret_left)
{
	for (size_t i = 0; i < count; i++) {
		if (is_first(list, i))
			TRY(lock(tx, list[i].subject, now));
		TRY(left_of(tx, arena, &list[i], now, ret_left));
		if (*ret_left > 0)
			return ERR_OK;
	}
	for (size_t i = 0; i < count; i++)
		if (is_first(list, i))
			TRY(sql_exec(tx, "INSERT INTO sms_counted (subject, at) VALUES (?, ?)",
			    ARGS(V(list[i].subject), V(now)), NULL));
	*ret_left = 0;
	return ERR_OK;
}

enum err
sms_ceiling_purge(struct sql_tx *tx, int64_t before, int64_t limit)
{
	TRY(sql_exec(tx, "DELETE FROM sms_counted WHERE at < ? LIMIT ?", ARGS(V(before), V(limit)),
	    NULL));
	return sql_exec(tx, "DELETE FROM sms_subject WHERE at < ? LIMIT ?",
	    ARGS(V(before), V(limit)), NULL);
}
