#include "sql/record/sms.h"

#include "sql/record/job.h"

enum err
sms_add(struct sql_tx *tx, const struct sms_message *sms, int64_t *ret_id)
{
	int64_t id;

	TRY(sql_insert(tx,
	    "INSERT INTO sms_message (template, phone_sealed, text_sealed, arguments_sealed,"
	    " reference, state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(sms->template_name), V(sms->phone_sealed), V(sms->text_sealed),
		V(sms->arguments_sealed), V(sms->reference), V(SMS_WAITING), V(sms->created_at)),
	    &id));
	TRY(job_add(tx, JOB_SEND_SMS, id, sms->created_at, sms->created_at));
	if (ret_id)
		*ret_id = id;
	return ERR_OK;
}

enum err
sms_get(struct sql *db, struct arena *arena, int64_t id, struct sms_message *ret)
{
	return sql_one(db, arena, "SELECT {} FROM sms_message s WHERE id = ?", ARGS(V(id)),
	    sms_message_shape(), ret);
}

enum err
sms_list(struct sql *db, struct arena *arena, unsigned state, int64_t limit,
    const struct sms_message **ret, size_t *ret_count)
{
	if (state == 0)
		return sql_all(db, arena, "SELECT {} FROM sms_message s ORDER BY id DESC LIMIT ?",
		    ARGS(V(limit)), sms_message_shape(), ret, ret_count);
	return sql_all(db, arena,
	    "SELECT {} FROM sms_message s WHERE state = ? ORDER BY id DESC LIMIT ?",
	    ARGS(V(state), V(limit)), sms_message_shape(), ret, ret_count);
}

enum err
sms_begin(struct sql_tx *tx, int64_t id, int64_t now)
{
	TRY(sql_exec(tx,
	    "UPDATE sms_message SET state = ?, note = 'the attempt never ended', sent_at = ?,"
	    " text_sealed = NULL, arguments_sealed = NULL WHERE id = ? AND state = ?",
	    ARGS(V(SMS_UNCERTAIN), V(now), V(id), V(SMS_SENDING)), NULL));
	return sql_exec(tx,
	    "UPDATE sms_message SET state = ?, attempts = attempts + 1"
	    " WHERE id = ? AND state = ?",
	    ARGS(V(SMS_SENDING), V(id), V(SMS_WAITING)), NULL);
}

enum err
sms_wait(struct sql_tx *tx, int64_t id, const char *note)
{
	return sql_exec(tx, "UPDATE sms_message SET state = ?, note = ? WHERE id = ? AND state = ?",
	    ARGS(V(SMS_WAITING), V(note), V(id), V(SMS_SENDING)), NULL);
}

/* What carries a code or a password is forgotten whatever becomes of it. */
#define SECRET "'SMS_CODE', 'OPERATOR_NEW', 'OPERATOR_RESET'"

enum err
sms_end(struct sql_tx *tx, int64_t id, enum sms_state state, const char *note, int64_t now)
{
	return sql_exec(tx,
	    "UPDATE sms_message SET state = ?, note = ?, sent_at = IF(? = 3, NULL, ?),"
	    " text_sealed = IF(? = 3 AND template NOT IN (" SECRET "), text_sealed, NULL),"
	    " arguments_sealed = IF(? = 3 AND template NOT IN (" SECRET "), arguments_sealed, NULL)"
	    " WHERE id = ? AND state IN (?, ?)",
	    ARGS(V((unsigned)state), V(note), V((unsigned)state), V(now), V((unsigned)state),
		V((unsigned)state), V(id), V(SMS_WAITING), V(SMS_SENDING)),
	    NULL);
}

/* "Not delivered" of one being sent tells of an attempt the gateway itself answers "no" to. */
enum err
sms_report(struct sql_tx *tx, const char *reference, bool delivered, int64_t now)
{
	return sql_exec_one(tx,
	    "UPDATE sms_message SET state = ?, reported_at = ?, sent_at = IFNULL(sent_at, ?),"
	    " text_sealed = NULL, arguments_sealed = NULL"
	    " WHERE reference = ? AND state IN (?, ?, ?, ?)",
	    ARGS(V((unsigned)(delivered ? SMS_DELIVERED : SMS_UNDELIVERED)), V(now), V(now),
		V(reference), V(SMS_SENT), V(SMS_UNCERTAIN), V(SMS_UNDELIVERED),
		V((unsigned)(delivered ? SMS_SENDING : SMS_SENT))),
	    ERR_NOT_FOUND);
}

/*
 * The row is there but on the first SMS of a day. It is made with the lock that counting takes, too:
 * INSERT IGNORE would share it first, and of two that share it neither could count.
 */
enum err
sms_budget(struct sql_tx *tx, int64_t day, int64_t most, bool *ret_within)
{
	uint64_t changed = 0;

	for (int attempt = 0; attempt < 2 && changed == 0; attempt++) {
		if (attempt > 0)
			TRY(sql_exec(tx,
			    "INSERT INTO sms_day (day, used) VALUES (?, 0)"
			    " ON DUPLICATE KEY UPDATE used = used",
			    ARGS(V(day)), NULL));
		TRY(sql_exec(tx, "UPDATE sms_day SET used = used + 1 WHERE day = ? AND used < ?",
		    ARGS(V(day), V(most)), &changed));
	}
	*ret_within = changed == 1;
	return ERR_OK;
}

enum err
sms_code_spend(struct sql_tx *tx, const char *index, int64_t now)
{
	return sql_exec(tx, "INSERT INTO sms_code_spent (code, spent_at) VALUES (?, ?)",
	    ARGS(V(index), V(now)), NULL);
}

enum err
sms_code_purge(struct sql_tx *tx, int64_t before, int64_t limit)
{
	return sql_exec(tx, "DELETE FROM sms_code_spent WHERE spent_at < ? LIMIT ?",
	    ARGS(V(before), V(limit)), NULL);
}

enum err
sms_forget(struct sql_tx *tx, int64_t before, int64_t limit)
{
	return sql_exec(tx,
	    "UPDATE sms_message SET text_sealed = NULL, arguments_sealed = NULL"
	    " WHERE state = ? AND text_sealed IS NOT NULL AND created_at < ? LIMIT ?",
	    ARGS(V(SMS_GIVEN_UP), V(before), V(limit)), NULL);
}
