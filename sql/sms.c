#include "sql/sms.h"

#include "sql/job.h"

static const struct sql_column columns[] = {
	COLUMN(struct sms_message, id),
	COLUMN(struct sms_message, template_name),
	COLUMN(struct sms_message, phone_sealed),
	COLUMN(struct sms_message, text_sealed),
	COLUMN(struct sms_message, state),
};
static const struct sql_shape shape = SHAPE(struct sms_message, columns);

enum err
sms_add(struct sql_tx *tx, const char *template_name, const char *phone_sealed,
    const char *text_sealed, int64_t now, int64_t *ret_id)
{
	int64_t id;

	TRY(sql_insert(tx,
	    "INSERT INTO sms_message (template, phone_sealed, text_sealed, state, created_at)"
	    " VALUES (?, ?, ?, ?, ?)",
	    ARGS(V(template_name), V(phone_sealed), V(text_sealed), V(SMS_WAITING), V(now)), &id));
	TRY(job_add(tx, SMS_JOB, id, now, now));
	if (ret_id)
		*ret_id = id;
	return ERR_OK;
}

enum err
sms_get(struct sql *db, struct arena *arena, int64_t id, struct sms_message *ret)
{
	return sql_one(db, arena,
	    "SELECT id, template, phone_sealed, text_sealed, state FROM sms_message WHERE id = ?",
	    ARGS(V(id)), &shape, ret);
}

enum err
sms_sent(struct sql_tx *tx, int64_t id, int64_t now)
{
	return sql_exec(tx,
	    "UPDATE sms_message SET state = ?, sent_at = ?, text_sealed = NULL WHERE id = ?",
	    ARGS(V(SMS_SENT), V(now), V(id)), NULL);
}

enum err
sms_give_up(struct sql_tx *tx, int64_t id)
{
	return sql_exec(tx, "UPDATE sms_message SET state = ?, text_sealed = NULL WHERE id = ?",
	    ARGS(V(SMS_GIVEN_UP), V(id)), NULL);
}
