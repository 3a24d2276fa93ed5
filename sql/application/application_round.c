#include "sql/application/application_round.h"

enum err
application_round_add(struct sql_tx *tx, int64_t application_id, const struct application_round *r)
{
	return sql_exec(tx,
	    "INSERT INTO application_round (application_id, round, phase, answers_sealed,"
	    " created_at) VALUES (?, ?, ?, ?, ?)",
	    ARGS(V(application_id), V(r->round), V(r->phase), V(r->answers_sealed),
		V(r->created_at)),
	    NULL);
}

enum err
application_round_last(struct sql *db, struct arena *arena, int64_t application_id, unsigned phase,
    struct application_round *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM application_round a WHERE application_id = ? AND phase = ?"
	    " ORDER BY round DESC LIMIT 1",
	    ARGS(V(application_id), V(phase)), application_round_shape(), ret);
}

enum err
application_rounds(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_round **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM application_round a WHERE application_id = ? ORDER BY round LIMIT 100",
	    ARGS(V(application_id)), application_round_shape(), ret, ret_count);
}
