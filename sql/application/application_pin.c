#include "sql/application/application_pin.h"

#include "handlers/rules/procedure/workflow.h"

enum err
application_pins(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_pin **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM application_pin a WHERE application_id = ? AND event_id IS NOT NULL"
	    " ORDER BY event_id, id LIMIT 2000",
	    ARGS(V(application_id)), application_pin_shape(), ret, ret_count);
}

enum err
application_pinned(struct sql *db, struct arena *arena, int64_t application_id,
    const struct pinned_field **ret, size_t *ret_count)
{

	return sql_all(db, arena,
	    "SELECT DISTINCT {} FROM application_pin a WHERE application_id = ?"
	    " AND event_id = (SELECT MAX(id) FROM application_event WHERE application_id = ?"
	    " AND event = ?) LIMIT 64",
	    ARGS(V(application_id), V(application_id), V((unsigned)EVENT_REJECT)),
	    pinned_field_shape(), ret, ret_count);
}

enum err
application_pin_drafts(struct sql *db, struct arena *arena, int64_t application_id,
    int64_t staff_id, const struct application_pin **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM application_pin a"
	    " WHERE application_id = ? AND event_id IS NULL AND staff_id = ? ORDER BY id"
	    " LIMIT 200",
	    ARGS(V(application_id), V(staff_id)), application_pin_shape(), ret, ret_count);
}

enum err
application_pin_add(struct sql_tx *tx, int64_t application_id, const struct application_pin *p,
    int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO application_pin (application_id, staff_id, field, kind, place, text,"
	    " created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(application_id), V(p->staff_id), V(p->field), V(p->kind), V(p->place),
		V(p->text), V(p->created_at)),
	    ret_id);
}

static enum err
found(uint64_t changed)
{
	return changed == 1 ? ERR_OK : ERR_NOT_FOUND;
}

enum err
application_pin_change(struct sql_tx *tx, int64_t application_id, const struct application_pin *p)
{
	uint64_t changed;

	/* created_at changes in any case, so that a row left as it was counts as found */
	TRY(sql_exec(tx,
	    "UPDATE application_pin SET field = ?, kind = ?, place = ?, text = ?,"
	    " created_at = GREATEST(created_at + 1, ?)"
	    " WHERE id = ? AND application_id = ? AND staff_id = ? AND event_id IS NULL",
	    ARGS(V(p->field), V(p->kind), V(p->place), V(p->text), V(p->created_at), V(p->id),
		V(application_id), V(p->staff_id)),
	    &changed));
	return found(changed);
}

enum err
application_pin_delete(struct sql_tx *tx, int64_t application_id, int64_t staff_id, int64_t id)
{
	uint64_t changed;

	TRY(sql_exec(tx,
	    "DELETE FROM application_pin"
	    " WHERE id = ? AND application_id = ? AND staff_id = ? AND event_id IS NULL",
	    ARGS(V(id), V(application_id), V(staff_id)), &changed));
	return found(changed);
}

enum err
review_draft_get(struct sql *db, struct arena *arena, int64_t application_id, int64_t staff_id,
    struct review_draft *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM review_draft r WHERE application_id = ? AND staff_id = ?",
	    ARGS(V(application_id), V(staff_id)), review_draft_shape(), ret);
}

enum err
review_draft_put(struct sql_tx *tx, int64_t application_id, int64_t staff_id,
    const struct review_draft *d)
{
	return sql_exec(tx,
	    "INSERT INTO review_draft (application_id, staff_id, event, remark, updated_at)"
	    " VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE event = VALUES(event),"
	    " remark = VALUES(remark), updated_at = VALUES(updated_at)",
	    ARGS(V(application_id), V(staff_id), V(d->event), V(d->remark), V(d->updated_at)),
	    NULL);
}

enum err
review_drafts_send(struct sql_tx *tx, int64_t application_id, int64_t staff_id)
{
	return sql_exec(tx,
	    "UPDATE application_pin SET event_id ="
	    "  (SELECT MAX(id) FROM application_event WHERE application_id = ?)"
	    " WHERE application_id = ? AND event_id IS NULL AND staff_id = ?",
	    ARGS(V(application_id), V(application_id), V(staff_id)), NULL);
}

enum err
review_drafts_hand(struct sql_tx *tx, int64_t application_id, int64_t from, int64_t to)
{
	TRY(sql_exec(tx,
	    "UPDATE application_pin SET staff_id = ?"
	    " WHERE application_id = ? AND event_id IS NULL AND staff_id = ?",
	    ARGS(V(to), V(application_id), V(from)), NULL));
	return sql_exec(tx,
	    "UPDATE IGNORE review_draft SET staff_id = ?"
	    " WHERE application_id = ? AND staff_id = ?",
	    ARGS(V(to), V(application_id), V(from)), NULL);
}

enum err
review_drafts_drop(struct sql_tx *tx, int64_t application_id)
{
	TRY(sql_exec(tx,
	    "DELETE FROM application_pin WHERE application_id = ? AND event_id IS NULL",
	    ARGS(V(application_id)), NULL));
	return sql_exec(tx, "DELETE FROM review_draft WHERE application_id = ?",
	    ARGS(V(application_id)), NULL);
}
