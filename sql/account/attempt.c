#include "sql/account/attempt.h"

#define TURNS 5 /* of a transaction others were in the way of */

#define ROW_COLUMNS(C, E)                                                                          \
	C(INT, a, used)                                                                            \
	C(INT, a, until)
SQL_ROW(row, ROW_COLUMNS)

/* The row's lock is held until the transaction ends, so of many at once each has its own number. */
static enum err
count_one(struct sql_tx *tx, struct arena *arena, const struct attempt_bucket *b, int64_t now,
    struct row *ret)
{
	TRY(sql_exec(tx,
	    "INSERT INTO attempt (subject, source, used, until) VALUES (?, ?, 1, ?)"
	    " ON DUPLICATE KEY UPDATE used = IF(until <= ?, 1, LEAST(used + 1, ? + 1)),"
	    " until = IF(until <= ?, ?, IF(used = ?, ?, until))",
	    ARGS(V(b->subject), V(b->source), V(now + b->window), V(now), V(b->most), V(now),
		V(now + b->window), V(b->most), V(now + b->lock)),
	    NULL));
	return sql_one(tx->db, arena, "SELECT {} FROM attempt a WHERE subject = ? AND source = ?",
	    ARGS(V(b->subject), V(b->source)), row_shape(), ret);
}

static enum err
take(struct sql *db, struct arena *arena, const struct attempt_bucket *buckets, size_t count,
    int64_t now, struct attempt_count *ret)
{
	SQL_TX(tx, db);
	for (size_t i = 0; i < count; i++) {
		struct row row = { 0 };

		TRY(count_one(&tx, arena, &buckets[i], now, &row));
		if (row.used > buckets[i].most) {
			*ret = (struct attempt_count){ .full = i, .until = row.until };
			return ERR_OK; /* rolled back */
		}
		*ret = (struct attempt_count){ .full = count,
			.until = row.until,
			.last = row.used == buckets[i].most };
	}
	return sql_commit(&tx);
}

enum err
attempt_take(struct sql *db, struct arena *arena, const struct attempt_bucket *buckets,
    size_t count, int64_t now, struct attempt_count *ret)
{
	enum err e = ERR_CONFLICT;

	for (int i = 0; e == ERR_CONFLICT && i < TURNS; i++)
		e = take(db, arena, buckets, count, now, ret);
	return e == ERR_CONFLICT ? ERR_UNAVAILABLE : e;
}

static enum err
give_back(struct sql *db, const struct attempt_bucket *buckets, size_t count)
{
	SQL_TX(tx, db);
	for (size_t i = 0; i + 1 < count; i++)
		TRY(sql_exec(&tx,
		    "UPDATE attempt SET used = used - 1 WHERE subject = ? AND source = ? AND"
		    " used > 0",
		    ARGS(V(buckets[i].subject), V(buckets[i].source)), NULL));
	TRY(sql_exec(&tx, "DELETE FROM attempt WHERE subject = ? AND source = ?",
	    ARGS(V(buckets[count - 1].subject), V(buckets[count - 1].source)), NULL));
	return sql_commit(&tx);
}

enum err
attempt_give_back(struct sql *db, const struct attempt_bucket *buckets, size_t count)
{
	enum err e = ERR_CONFLICT;

	for (int i = 0; e == ERR_CONFLICT && i < TURNS; i++)
		e = give_back(db, buckets, count);
	return e == ERR_CONFLICT ? ERR_UNAVAILABLE : e;
}

enum err
attempt_clear(struct sql_tx *tx, const char *subject)
{
	return sql_exec(tx, "DELETE FROM attempt WHERE subject = ?", ARGS(V(subject)), NULL);
}

enum err
attempt_purge(struct sql_tx *tx, int64_t now, int64_t limit)
{
	return sql_exec(tx, "DELETE FROM attempt WHERE until <= ? LIMIT ?", ARGS(V(now), V(limit)),
	    NULL);
}
