#include "sql/application/statistic.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REGION_DIGITS 6
#define NUMBER_MAX 24 /* characters of one number and what follows it */

enum err
statistic_note(struct sql_tx *tx, int64_t event_id)
{
	return sql_exec(tx, "INSERT INTO statistic_pending (event_id) VALUES (?)",
	    ARGS(V(event_id)), NULL);
}

/* ---- counting ------------------------------------------------------------------ */

enum err
statistic_lock(struct sql_tx *tx, struct arena *arena, bool wait)
{
	int64_t locked;

	if (wait)
		return sql_number(tx->db, arena, "SELECT id FROM statistic_state FOR UPDATE",
		    NO_ARGS, &locked);
	return sql_number(tx->db, arena, "SELECT id FROM statistic_state FOR UPDATE SKIP LOCKED",
	    NO_ARGS, &locked);
}

/* "[1,2,3]" */
static const char *
ids_text(struct arena *arena, const int64_t *ids, size_t stride, size_t count)
{
	char *text = arena_alloc(arena, count * NUMBER_MAX + 3);
	size_t at = 0;

	text[at++] = '[';
	for (size_t i = 0; i < count; i++) {
		const int64_t *id = (const int64_t *)(const void *)((const char *)ids + i * stride);

		at += (size_t)snprintf(text + at, NUMBER_MAX, i ? ",%" PRId64 : "%" PRId64, *id);
	}
	text[at] = ']';
	text[at + 1] = '\0';
	return text;
}

enum err
statistic_take(struct sql_tx *tx, struct arena *arena, int64_t limit,
    const struct statistic_step **ret, size_t *ret_count)
{
	const int64_t *noted;
	size_t count;

	/* notes of steps that are being taken right now are skipped: they come next time */
	TRY(sql_numbers(tx->db, arena,
	    "SELECT event_id FROM statistic_pending ORDER BY event_id LIMIT ?"
	    " FOR UPDATE SKIP LOCKED",
	    ARGS(V(limit)), &noted, &count));
	if (count == 0) {
		*ret_count = 0;
		return ERR_OK;
	}
	return sql_all(tx->db, arena,
	    "SELECT {} FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) n"
	    " LEFT JOIN application_event e ON e.id = n.id"
	    " LEFT JOIN application a ON a.id = e.application_id",
	    ARGS(V(ids_text(arena, &noted[0], sizeof(*noted), count))), statistic_step_shape(), ret,
	    ret_count);
}

enum err
statistic_counted(struct sql_tx *tx, struct arena *arena, int64_t id, int64_t limit,
    const struct statistic_step **ret, size_t *ret_count)
{
	return sql_all(tx->db, arena,
	    "SELECT {} FROM application_event e FORCE INDEX (PRIMARY)"
	    " LEFT JOIN application a ON a.id = e.application_id"
	    " LEFT JOIN statistic_pending n ON n.event_id = e.id"
	    " WHERE e.id > ? AND n.event_id IS NULL ORDER BY e.id LIMIT ?",
	    ARGS(V(id), V(limit)), statistic_again_shape(), ret, ret_count);
}

enum err
statistic_clear(struct sql_tx *tx)
{
	return sql_exec(tx, "DELETE FROM statistic", NO_ARGS, NULL);
}

static const char *
cells_text(struct arena *arena, const struct statistic_cell *cells, size_t count)
{
	char *text = arena_alloc(arena, count * 7 * NUMBER_MAX + 3);
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		const struct statistic_cell *c = &cells[i];

		at += (size_t)snprintf(text + at, 7 * (size_t)NUMBER_MAX,
		    "%c[%" PRId64 ",%" PRId64 ",%u,%u,%u,%" PRId64 ",%" PRId64 "]", i ? ',' : '[',
		    c->bureau_id, c->month, c->phase, c->desk, c->event, c->days, c->steps);
	}
	text[at] = ']';
	text[at + 1] = '\0';
	return text;
}

enum err
statistic_add(struct sql_tx *tx, struct arena *arena, const struct statistic_cell *cells,
    size_t count)
{
	if (count == 0)
		return ERR_OK;
	return sql_exec(tx,
	    "INSERT INTO statistic (bureau_id, month, phase, desk, event, days, steps)"
	    " SELECT c.b, c.m, c.p, c.d, c.e, c.n, c.s FROM JSON_TABLE(?, '$[*]' COLUMNS ("
	    "b BIGINT PATH '$[0]', m INT PATH '$[1]', p TINYINT PATH '$[2]',"
	    " d TINYINT PATH '$[3]', e TINYINT PATH '$[4]', n SMALLINT PATH '$[5]',"
	    " s BIGINT PATH '$[6]')) c ON DUPLICATE KEY UPDATE steps = statistic.steps + c.s",
	    ARGS(V(cells_text(arena, cells, count))), NULL);
}

enum err
statistic_strike(struct sql_tx *tx, struct arena *arena, const struct statistic_step *steps,
    size_t count)
{
	return sql_exec(tx,
	    "DELETE n FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) s"
	    " JOIN statistic_pending n ON n.event_id = s.id",
	    ARGS(V(ids_text(arena, &steps[0].id, sizeof(*steps), count))), NULL);
}

enum err
statistic_stamp(struct sql_tx *tx, int64_t now)
{
	return sql_exec(tx, "UPDATE statistic_state SET counted_at = ?", ARGS(V(now)), NULL);
}

/* ---- reading ------------------------------------------------------------------- */

enum err
statistic_of(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct statistic_range *range, const struct statistic_cell **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM statistic s"
	    " WHERE bureau_id = ? AND month BETWEEN ? AND ? AND (? = 0 OR phase = ?)"
	    " GROUP BY s.bureau_id, s.month, desk, event, days ORDER BY month LIMIT 200000",
	    ARGS(V(bureau_id), V(range->from), V(range->to), V(range->phase), V(range->phase)),
	    statistic_cell_shape(), ret, ret_count);
}

enum err
statistic_below(struct sql *db, struct arena *arena, unsigned level, const char *prefix,
    const struct statistic_range *range, const struct statistic_cell **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM bureau b JOIN statistic s ON s.bureau_id = b.id"
	    " WHERE b.level = ? AND b.prefix LIKE CONCAT(?, '%')"
	    " AND s.month BETWEEN ? AND ? AND (? = 0 OR s.phase = ?)"
	    " GROUP BY s.bureau_id, s.desk, s.event, s.days ORDER BY s.bureau_id LIMIT 200000",
	    ARGS(V(level), V(prefix), V(range->from), V(range->to), V(range->phase),
		V(range->phase)),
	    statistic_sum_shape(), ret, ret_count);
}

enum err
statistic_of_region(struct sql *db, struct arena *arena, const char *prefix,
    const struct statistic_range *range, const struct statistic_cell **ret, size_t *ret_count)
{
	int64_t first = strtoll(prefix, NULL, 10), width = 1;

	for (size_t digits = strlen(prefix); digits < REGION_DIGITS; digits++) {
		first *= 10;
		width *= 10;
	}
	return sql_all(db, arena,
	    "SELECT {} FROM statistic s"
	    " WHERE bureau_id BETWEEN ? AND ? AND month BETWEEN ? AND ? AND (? = 0 OR phase = ?)"
	    " GROUP BY s.month, desk, event, days ORDER BY month LIMIT 200000",
	    ARGS(V(STATISTIC_REGION(first + width - 1)), V(STATISTIC_REGION(first)), V(range->from),
		V(range->to), V(range->phase), V(range->phase)),
	    statistic_region_shape(), ret, ret_count);
}

enum err
statistic_counted_at(struct sql *db, struct arena *arena, int64_t *ret)
{
	return sql_number(db, arena, "SELECT counted_at FROM statistic_state", NO_ARGS, ret);
}
