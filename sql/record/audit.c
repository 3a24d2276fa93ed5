#include "sql/record/audit.h"

#include <stdio.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm.h"

#define BATCH 500 /* rows read at a time by audit_verify() */
#define GENESIS "0000000000000000000000000000000000000000000000000000000000000000"

#define HEAD_COLUMNS(C, E)                                                                         \
	C(INT, a, seq)                                                                             \
	C(TEXT, a, hash)
SQL_ROW(head, HEAD_COLUMNS)

#define ROW_COLUMNS(C, E)                                                                          \
	C(INT, a, seq)                                                                             \
	C(CODE, a, role)                                                                           \
	C(INT, a, user_id)                                                                         \
	C(TEXT, a, address)                                                                        \
	C(TEXT, a, deed)                                                                           \
	C(TEXT, a, object)                                                                         \
	C(TEXT, a, detail)                                                                         \
	C(INT, a, created_at)                                                                      \
	C(TEXT, a, hash)
SQL_ROW(row, ROW_COLUMNS)

/*
 * SM3 over the previous hash and the row. Each text goes in with its length
 * before it, so no two rows write the same bytes.
 */
static const char *
chained(struct arena *arena, const char *previous, int64_t chain, int64_t seq,
    const struct audit_entry *d)
{
	const char *text = arena_printf(arena, "%s %lld %lld %u %lld %lld %zu:%s%zu:%s%zu:%s%zu:%s",
	    previous, (long long)chain, (long long)seq, d->role, (long long)d->user_id,
	    (long long)d->now, strlen(d->address), d->address, strlen(d->name), d->name,
	    strlen(d->object), d->object, strlen(d->detail), d->detail);
	unsigned char digest[SM3_SIZE];

	sm3(text, strlen(text), digest);
	return bytes_hex(arena, digest, sizeof(digest));
}

/* One chain per person; whoever is not signed in is told apart by address. */
static int64_t
chain_of(const struct audit_entry *d)
{
	uint64_t n = (uint64_t)d->user_id;

	for (const char *p = d->address; d->user_id == 0 && *p; p++)
		n = n * 31 + (unsigned char)*p;
	return (int64_t)((n + d->role) % AUDIT_CHAINS);
}

static enum err
lock_head(struct sql_tx *tx, struct arena *arena, int64_t chain, struct head *ret)
{
	return sql_one(tx->db, arena, "SELECT {} FROM audit_head a WHERE chain = ? FOR UPDATE",
	    ARGS(V(chain)), head_shape(), ret);
}

static enum err
append(struct sql_tx *tx, int64_t chain, int64_t seq, const char *hash, const struct audit_entry *d)
{
	TRY(sql_exec(tx,
	    "INSERT INTO audit (chain, seq, role, user_id, address, deed, object, detail,"
	    " created_at, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(chain), V(seq), V(d->role), V(d->user_id), V(d->address), V(d->name),
		V(d->object), V(d->detail), V(d->now), V(hash)),
	    NULL));
	return sql_exec(tx, "UPDATE audit_head SET seq = ?, hash = ? WHERE chain = ?",
	    ARGS(V(seq), V(hash), V(chain)), NULL);
}

enum err
audit_write(struct sql_tx *tx, struct arena *arena, const struct audit_entry *d)
{
	int64_t chain = chain_of(d);
	struct head head;
	enum err e = lock_head(tx, arena, chain, &head);

	if (e == ERR_NOT_FOUND) {
		/* The first row of a chain. An update of nothing waits for whoever is here too. */
		TRY(sql_exec(tx,
		    "INSERT INTO audit_head (chain, seq, hash) VALUES (?, 0, ?)"
		    " ON DUPLICATE KEY UPDATE seq = seq",
		    ARGS(V(chain), V(GENESIS)), NULL));
		e = lock_head(tx, arena, chain, &head);
	}
	TRY(e);
	int64_t seq = head.seq + 1;
	return append(tx, chain, seq, chained(arena, head.hash, chain, seq, d), d);
}

/* ---- checking ------------------------------------------------------------ */

/* A chain's end, and the newest row there is: one statement, so one moment. */
#define END_COLUMNS(C, E)                                                                          \
	E(INT, seq, "COALESCE(MAX(h.seq), 0)")                                                     \
	E(INT, newest, "COALESCE((SELECT MAX(seq) FROM audit WHERE chain = ?), 0)")                \
	E(TEXT, hash, "COALESCE(MAX(h.hash), ?)")
SQL_ROW(end, END_COLUMNS)

static void
fault(struct audit_report *report, int64_t chain, int64_t seq, const char *what)
{
	report->sound = false;
	report->chain = chain;
	report->seq = seq;
	report->fault = what;
}

static bool
fits(struct arena *arena, int64_t chain, const struct head *before, const struct row *row,
    struct audit_report *report)
{
	const struct audit_entry deed = { row->role, row->user_id, row->address, row->deed,
		row->object, row->detail, row->created_at };
	int64_t seq = before->seq + 1;

	if (row->seq != seq)
		fault(report, chain, seq, "row missing");
	else if (strcmp(row->hash, chained(arena, before->hash, chain, seq, &deed)) != 0)
		fault(report, chain, seq, "row altered");
	return report->sound;
}

/* The next rows after *last; moves *last on and copies its hash to `hash`. */
static enum err
check_batch(struct sql *db, struct arena *arena, int64_t chain, int64_t until, struct head *last,
    char hash[2 * SM3_SIZE + 1], struct audit_report *report, size_t *ret_count)
{
	const struct row *rows;
	size_t count;

	TRY(sql_all(db, arena,
	    "SELECT {} FROM audit a WHERE chain = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
	    ARGS(V(chain), V(last->seq), V(until), V(BATCH)), row_shape(), &rows, &count));
	for (size_t i = 0; i < count; i++) {
		if (!fits(arena, chain, last, &rows[i], report))
			return ERR_OK;
		last->seq = rows[i].seq;
		last->hash = memcpy(hash, rows[i].hash, 2 * SM3_SIZE + 1);
		report->rows++;
	}
	*ret_count = count;
	return ERR_OK;
}

static enum err
check_chain(struct sql *db, struct arena *arena, int64_t chain, struct audit_report *report)
{
	struct head last = { 0, GENESIS };
	struct end end;
	char hash[2 * SM3_SIZE + 1], last_hash[2 * SM3_SIZE + 1];
	size_t count = BATCH;

	TRY(sql_one(db, arena, "SELECT {} FROM audit_head h WHERE h.chain = ?",
	    ARGS(V(chain), V(GENESIS), V(chain)), end_shape(), &end));
	snprintf(hash, sizeof(hash), "%s", end.hash); /* outlives the arena */
	while (report->sound && count == BATCH) {
		arena_reset(arena);
		count = 0;
		TRY(check_batch(db, arena, chain, end.seq, &last, last_hash, report, &count));
	}
	if (!report->sound)
		return ERR_OK;
	if (end.newest > end.seq)
		fault(report, chain, end.seq + 1, "row added");
	else if (last.seq < end.seq)
		fault(report, chain, last.seq + 1, "end cut off");
	else if (strcmp(last.hash, hash) != 0)
		fault(report, chain, last.seq, "head altered");
	return ERR_OK;
}

/*
 * Chains whose ends were cut off and whose heads were made to fit are sound in
 * themselves; but there are fewer rows than a check counted before.
 */
static enum err
check_count(struct sql *db, struct arena *arena, struct audit_report *report)
{
	int64_t before;

	TRY(sql_number(db, arena, "SELECT MAX(row_count) FROM audit_check WHERE sound = 1", NO_ARGS,
	    &before));
	if (report->rows < before)
		fault(report, 0, 0, "fewer than before");
	return ERR_OK;
}

enum err
audit_verify(struct sql *db, struct audit_report *ret)
{
	struct audit_report report = { .sound = true };
	struct arena *arena = arena_new((size_t)8 << 20); /* emptied after each batch */
	enum err e = ERR_OK;

	for (int64_t chain = 0; e == ERR_OK && report.sound && chain < AUDIT_CHAINS; chain++)
		e = check_chain(db, arena, chain, &report);
	if (e == ERR_OK && report.sound)
		e = check_count(db, arena, &report);
	arena_free(arena);
	TRY(e);
	*ret = report;
	return ERR_OK;
}

/* ---- ends of chains --------------------------------------------------------- */

#define CHAIN_END_COLUMNS(C, E)                                                                    \
	C(INT, h, chain)                                                                           \
	C(INT, h, seq)                                                                             \
	C(TEXT, h, hash)
SQL_ROW(chain_end, CHAIN_END_COLUMNS)

enum err
audit_ends(struct sql *db, struct audit_end ret[AUDIT_CHAINS])
{
	struct arena *arena = arena_new((size_t)1 << 20);
	const struct chain_end *ends = NULL;
	size_t count = 0;
	enum err e = sql_all(db, arena, "SELECT {} FROM audit_head h WHERE h.chain < ? LIMIT 100",
	    ARGS(V(AUDIT_CHAINS)), chain_end_shape(), &ends, &count);

	memset(ret, 0, AUDIT_CHAINS * sizeof(*ret)); /* they are compared byte by byte */
	for (size_t i = 0; i < AUDIT_CHAINS; i++)
		memcpy(ret[i].hash, GENESIS, sizeof(ret[i].hash));
	for (size_t i = 0; i < count; i++) {
		struct audit_end *end = &ret[ends[i].chain];

		end->seq = ends[i].seq;
		snprintf(end->hash, sizeof(end->hash), "%s", ends[i].hash);
	}
	arena_free(arena);
	return e;
}

/* The row a chain ended with once. */
static enum err
check_end(struct sql *db, struct arena *arena, int64_t chain, const struct audit_end *end,
    struct audit_report *report)
{
	const char *hash;

	if (end->seq == 0)
		return ERR_OK;
	enum err e = sql_string(db, arena, "SELECT hash FROM audit WHERE chain = ? AND seq = ?",
	    ARGS(V(chain), V(end->seq)), &hash);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND || strcmp(hash, end->hash) != 0)
		fault(report, chain, end->seq, "sealed end altered");
	return ERR_OK;
}

static enum err
check_between(struct sql *db, struct arena *arena, int64_t chain, const struct audit_end *from,
    const struct audit_end *to, struct audit_report *report)
{
	struct head last = { from->seq, from->hash };
	char hash[2 * SM3_SIZE + 1];
	size_t count = BATCH;

	TRY(check_end(db, arena, chain, from, report));
	while (report->sound && count == BATCH) {
		arena_reset(arena);
		count = 0;
		TRY(check_batch(db, arena, chain, to->seq, &last, hash, report, &count));
	}
	if (report->sound && (last.seq != to->seq || strcmp(last.hash, to->hash) != 0))
		fault(report, chain, last.seq, "head altered");
	return ERR_OK;
}

enum err
audit_verify_between(struct sql *db, const struct audit_end from[AUDIT_CHAINS],
    const struct audit_end to[AUDIT_CHAINS], struct audit_report *ret)
{
	struct audit_report report = { .sound = true };
	struct arena *arena = arena_new((size_t)8 << 20);
	enum err e = ERR_OK;

	for (int64_t chain = 0; e == ERR_OK && report.sound && chain < AUDIT_CHAINS; chain++)
		e = check_between(db, arena, chain, &from[chain], &to[chain], &report);
	arena_free(arena);
	TRY(e);
	*ret = report;
	return ERR_OK;
}
