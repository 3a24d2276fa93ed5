#include "sql/application/application_event.h"

#include "sql/application/statistic.h"

enum err
application_event_add(struct sql_tx *tx, int64_t application_id, const struct application_event *e)
{
	int64_t id;

	TRY(sql_insert(tx,
	    "INSERT INTO application_event (application_id, event, from_state, to_state, desk,"
	    " bureau_id, actor_role, actor_id, actor_name, remark, security_checked, round,"
	    " created_at) VALUES (?, ?, ?, ?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(application_id), V(e->event), V(e->from_state), V(e->to_state), V(e->desk),
		V(e->bureau_id), V(e->actor_role), V(e->actor_id), V(e->actor_name), V(e->remark),
		V(e->security_checked), V(e->round), V(e->created_at)),
	    &id));
	if (e->bureau_id)
		TRY(sql_exec(tx,
		    "INSERT INTO application_decision (bureau_id, region_code, event_id)"
		    " SELECT ?, region_code, ? FROM application WHERE id = ?",
		    ARGS(V(e->bureau_id), V(id), V(application_id)), NULL));
	return statistic_note(tx, id);
}

enum err
application_events(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_event **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM application_event a WHERE application_id = ? ORDER BY id LIMIT 500",
	    ARGS(V(application_id)), application_event_shape(), ret, ret_count);
}

enum err
application_entered(struct sql *db, struct arena *arena, int64_t application_id, unsigned state,
    int64_t *ret)
{

	return sql_number(db, arena,
	    "SELECT created_at FROM application_event WHERE application_id = ? AND to_state = ?"
	    " ORDER BY id DESC LIMIT 1",
	    ARGS(V(application_id), V(state)), ret);
}

enum err
application_decided_elsewhere(struct sql *db, struct arena *arena, int64_t application_id,
    unsigned desk, const char *index, const char *also, bool *ret)
{
	return sql_exists(db, arena,
	    "SELECT 1 FROM application_event e JOIN staff s ON s.id = e.actor_id"
	    " WHERE e.application_id = ? AND e.bureau_id IS NOT NULL AND e.desk <> ?"
	    " AND s.id_index IN (?, ?) LIMIT 1",
	    ARGS(V(application_id), V(desk), V(index), V(also ? also : index)), ret);
}
