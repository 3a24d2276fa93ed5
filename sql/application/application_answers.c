#include "sql/application/application_answers.h"

enum err
application_answers_get(struct sql *db, struct arena *arena, int64_t id,
    struct application_answers *ret)
{
	return sql_one(db, arena, "SELECT {} FROM application a WHERE id = ?", ARGS(V(id)),
	    application_answers_shape(), ret);
}

enum err
acceptance_answers_get(struct sql *db, struct arena *arena, int64_t id,
    struct acceptance_answers *ret)
{
	return sql_one(db, arena, "SELECT {} FROM application a WHERE id = ?", ARGS(V(id)),
	    acceptance_answers_shape(), ret);
}

enum err
application_answers_put(struct sql_tx *tx, const struct application *app,
    const struct application_answers *a, const char *shown_app_name, const char *third_channel,
    int64_t operator_id, int64_t now)
{
	return sql_exec_one(tx,
	    "UPDATE application SET version = version + 1, business_type = ?, channel = ?,"
	    " app_source = ?, official_channel = NULLIF(?, 0), existing_app = ?, app_name = ?,"
	    " app_type = ?, purchase_channels = ?, purchase_other = ?, contact_name = ?,"
	    " contact_phone_sealed = ?, contact_email = ?, remark = ?, shown_app_name = ?,"
	    " third_channel = ?, operator_id = ?, updated_at = ?"
	    " WHERE id = ? AND state = ? AND version = ?",
	    ARGS(V(a->business_type), V(a->channel), V(a->app_source), V(a->official_channel),
		V(a->existing_app), V(a->app_name), V(a->app_type), V(a->purchase_channels),
		V(a->purchase_other), V(a->contact_name), V(a->contact_phone_sealed),
		V(a->contact_email), V(a->remark), V(shown_app_name), V(third_channel),
		V(operator_id), V(now), V(app->id), V(app->state), V(app->version)),
	    ERR_CONFLICT);
}

enum err
acceptance_answers_put(struct sql_tx *tx, const struct application *app,
    const struct acceptance_answers *a, int64_t operator_id, int64_t now)
{
	return sql_exec_one(tx,
	    "UPDATE application SET version = version + 1, order_no = ?, proof = ?, auth_code = ?,"
	    " tester_name_sealed = ?, tester_id_type = ?, tester_id_sealed = ?,"
	    " acceptance_saved_at = ?, operator_id = ?, updated_at = ?"
	    " WHERE id = ? AND state = ? AND version = ?",
	    ARGS(V(a->order_no), V(a->proof), V(a->auth_code), V(a->tester_name_sealed),
		V(a->tester_id_type), V(a->tester_id_sealed), V(now), V(operator_id), V(now),
		V(app->id), V(app->state), V(app->version)),
	    ERR_CONFLICT);
}
