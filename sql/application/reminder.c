#include "sql/application/reminder.h"

#include "handlers/rules/procedure/workflow.h"

#define BEFORE_ARGS(t)                                                                             \
	V((unsigned)STATE_APPLY_LOCAL), V((unsigned)STATE_ACCEPT_LOCAL), V((t)[0]),                \
	    V((unsigned)STATE_APPLY_PROVINCE), V((unsigned)STATE_ACCEPT_PROVINCE), V((t)[1]),      \
	    V((t)[2])

enum err
reminder_loads(struct sql *db, struct arena *arena, int64_t bureau_id, const int64_t late[3],
    const int64_t soon[3], int64_t limit, const struct reminder_load **ret, size_t *ret_count)
{
	/* the index alone; what lies at no desk comes before every bureau in it */
	return sql_all(db, arena,
	    "SELECT {} FROM application a FORCE INDEX (by_desk) WHERE desk_bureau > ?"
	    " GROUP BY desk_bureau HAVING soon > 0 ORDER BY desk_bureau LIMIT ?",
	    ARGS(BEFORE_ARGS(late), BEFORE_ARGS(soon), V(bureau_id), V(limit)),
	    reminder_load_shape(), ret, ret_count);
}

enum err
reminder_parts(struct sql *db, struct arena *arena, int64_t bureau_id, unsigned role,
    const int64_t late[3], const int64_t soon[3], const struct reminder_load **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM (SELECT DISTINCT scope FROM staff"
	    " WHERE bureau_id = ? AND role = ? AND disabled = 0 AND scope <> '') p"
	    " STRAIGHT_JOIN application a FORCE INDEX (by_desk) ON desk_bureau = ?"
	    " AND region_code LIKE CONCAT(p.scope, '%')"
	    " GROUP BY desk_bureau, p.scope HAVING soon > 0 LIMIT 4000",
	    ARGS(BEFORE_ARGS(late), BEFORE_ARGS(soon), V(bureau_id), V(role), V(bureau_id)),
	    reminder_part_shape(), ret, ret_count);
}

enum err
reminder_send(struct sql_tx *tx, int64_t day, unsigned role, const struct reminder_load *load,
    const char *round, const struct message *m, int64_t *ret_told)
{
	uint64_t told;

	/* a process that does the same at this moment is waited for, and then all is done */
	TRY(sql_exec(tx,
	    "INSERT IGNORE INTO reminder (day, staff_id, round) SELECT ?, id, ? FROM staff"
	    " WHERE bureau_id = ? AND role = ? AND disabled = 0 AND scope = ?",
	    ARGS(V(day), V(round), V(load->bureau_id), V(role), V(load->scope)), &told));
	*ret_told = (int64_t)told;
	if (told == 0)
		return ERR_OK;
	return sql_exec(tx,
	    "INSERT INTO message (role, user_id, title, text, created_at)"
	    " SELECT s.role, s.id, ?, ?, ? FROM reminder r JOIN staff s ON s.id = r.staff_id"
	    " WHERE r.day = ? AND r.round = ? AND s.bureau_id = ?",
	    ARGS(V(m->title), V(m->text), V(m->created_at), V(day), V(round), V(load->bureau_id)),
	    NULL);
}

enum err
reminder_purge(struct sql_tx *tx, int64_t day)
{
	return sql_exec(tx, "DELETE FROM reminder WHERE day < ?", ARGS(V(day)), NULL);
}
