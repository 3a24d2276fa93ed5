#include "sql/application/application.h"

#include "sql/application/application_claim.h"

enum err
application_insert(struct sql_tx *tx, const struct application *a, int64_t now, int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO application (number, state, status, unit_id, operator_id, institution_id,"
	    " institution_code, institution_name, region_code, province_city, local_bureau,"
	    " province_bureau, nation_bureau, created_at, updated_at, unit_name)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " (SELECT name FROM unit WHERE id = ?))",
	    ARGS(V(a->number), V((unsigned)STATE_DRAFT), V((unsigned)state_status(STATE_DRAFT)),
		V(a->unit_id), V(a->operator_id), V(a->institution_id), V(a->institution_code),
		V(a->institution_name), V(a->region_code), V(a->province_city), V(a->local_bureau),
		V(a->province_bureau), V(a->nation_bureau), V(now), V(now), V(a->unit_id)),
	    ret_id);
}

enum err
application_get(struct sql *db, struct arena *arena, const char *number, struct application *ret)
{
	return sql_one(db, arena, "SELECT {} FROM application a WHERE number = ?", ARGS(V(number)),
	    application_shape(), ret);
}

enum err
application_lock(struct sql_tx *tx, struct arena *arena, int64_t id, struct application *ret)
{
	return sql_one(tx->db, arena, "SELECT {} FROM application a WHERE id = ? FOR UPDATE",
	    ARGS(V(id)), application_shape(), ret);
}

enum err
application_delete(struct sql_tx *tx, int64_t id, int64_t version)
{
	uint64_t changed;

	TRY(sql_exec(tx, "DELETE FROM application WHERE id = ? AND version = ? AND state = ?",
	    ARGS(V(id), V(version), V((unsigned)STATE_DRAFT)), &changed));
	if (changed != 1)
		return ERR_CONFLICT;
	return sql_exec(tx, "DELETE FROM application_file WHERE application_id = ?", ARGS(V(id)),
	    NULL);
}

enum err
application_name(struct sql_tx *tx, int64_t id, const char *shown_app_name,
    const char *third_channel, const char *app_type, const char *sole)
{
	return sql_exec(tx,
	    "UPDATE application SET shown_app_name = ?, third_channel = ?, app_type = ?, sole = ?"
	    " WHERE id = ?",
	    ARGS(V(shown_app_name), V(third_channel), V(app_type), V(sole), V(id)), NULL);
}

enum err
application_move(struct sql_tx *tx, const struct application_move *m)
{
	const struct transition *s = m->step;
	bool submits = s->event == EVENT_SUBMIT, accept = state_phase(s->from) == PHASE_ACCEPT;
	uint64_t changed;

	TRY(sql_exec(tx,
	    "UPDATE application SET state = ?, status = ?, version = version + 1,"
	    " desk_bureau = NULLIF(?, 0), desk_since = IF(? = 0, NULL, ?),"
	    " over_bureau = CASE ? WHEN 0 THEN NULL WHEN nation_bureau THEN NULL"
	    " WHEN province_bureau THEN nation_bureau WHEN local_bureau THEN province_bureau END,"
	    " filed = filed OR ?, round = round + ?, operator_id = IF(? = 0, operator_id, ?),"
	    " sole = IF(?, NULL, sole), submitted_at = IF(?, ?, submitted_at),"
	    " acceptance_submitted_at = IF(?, ?, acceptance_submitted_at), updated_at = ?"
	    " WHERE id = ? AND state = ? AND version = ?",
	    ARGS(V((unsigned)s->to), V((unsigned)state_status(s->to)), V(m->desk_bureau),
		V(m->desk_bureau), V(m->now), V(m->desk_bureau), V(submits),
		V((s->effects & EFFECT_ROUND) != 0), V(m->operator_id), V(m->operator_id),
		V(m->released), V(submits && !accept), V(m->now), V(submits && accept), V(m->now),
		V(m->now), V(m->id), V((unsigned)s->from), V(m->version)),
	    &changed));
	if (changed != 1)
		return ERR_CONFLICT;
	if (state_desk(s->from) == DESK_NONE)
		return ERR_OK;
	/* whoever had taken it from the desk's list has it no more */
	return application_claim_delete(tx, m->id);
}

#define SAME_COLUMNS(C, E)                                                                         \
	C(INT, a, id)                                                                              \
	E(BOOL, same,                                                                              \
	    "COALESCE(shown_app_name = ? AND business_type = 'auth'"                               \
	    " AND app_source <> 'official' AND round > 0 AND state <> ?, 0)")
SQL_ROW(same, SAME_COLUMNS)

enum err
application_name_taken(struct sql_tx *tx, struct arena *arena, int64_t unit_id,
    int64_t institution_id, const char *name, int64_t except, bool *ret)
{
	struct same *rows;
	size_t count;

	TRY(sql_all(tx->db, arena,
	    "SELECT {} FROM application a WHERE unit_id = ? AND institution_id = ? FOR UPDATE",
	    ARGS(V(name), V((unsigned)STATE_DISCARDED), V(unit_id), V(institution_id)),
	    same_shape(), &rows, &count));
	*ret = false;
	for (size_t i = 0; i < count; i++)
		*ret = *ret || (rows[i].same && rows[i].id != except);
	return ERR_OK;
}
