#include <time.h>

#include "fcgi/base/log.h"
#include "fcgi/base/time.h"
#include "handlers/admin/audit_trail.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"

#define SHOWN 10

static json_t *
check_json(const struct audit_check *c)
{
	return json_pack("{sI sb sI sb ss? sI sI sI sI}", "id", (json_int_t)c->id, "asked",
	    c->asked_by != 0, "rows", (json_int_t)c->rows, "sound", c->sound, "fault", c->fault,
	    "chain", (json_int_t)c->chain, "seq", (json_int_t)c->seq, "started_at",
	    (json_int_t)c->started_at, "ended_at", (json_int_t)c->ended_at);
}

enum err
audit_checks_show(struct req *q)
{
	const struct audit_check *list;
	size_t count;
	bool runs;

	TRY(audit_check_runs(q->db, q->arena, &runs));
	TRY(audit_checks(q->db, q->arena, SHOWN, &list, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items, check_json(&list[i]));
	return reply_json(q, 200, json_pack("{sb so}", "running", runs, "items", items));
}

enum err
audit_check_ask(struct req *q)
{
	bool runs;

	TRY(audit_check_runs(q->db, q->arena, &runs));
	if (runs)
		return reply_json(q, 202, json_pack("{sb}", "running", true));
	SQL_TX(tx, q->db);
	TRY(job_add(&tx, JOB_AUDIT_VERIFY, who_user(q), q->now, q->now));
	return deed_done(q, &tx, DEED_AUDIT_VERIFY, "audit", "", 202,
	    json_pack("{sb}", "running", true));
}

enum err
audit_check_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct audit_report report;

	TRY(audit_verify(tx->db, &report));
	if (!report.sound)
		log_line(LOG_ERROR, "audit", "what=not_sound fault=\"%s\" chain=%lld seq=%lld",
		    report.fault, (long long)report.chain, (long long)report.seq);
	return audit_check_add(tx, &(struct audit_check){ .asked_by = job->subject,
				       .rows = report.rows,
				       .sound = report.sound,
				       .fault = report.fault,
				       .chain = report.chain,
				       .seq = report.seq,
				       .started_at = q->now,
				       .ended_at = (int64_t)time(NULL) });
}

enum err
audit_check_daily(struct req *q)
{
	const struct audit_check *last;
	size_t count;
	bool runs;

	TRY(audit_checks(q->db, q->arena, 1, &last, &count));
	TRY(audit_check_runs(q->db, q->arena, &runs));
	if (runs || (count > 0 && last->ended_at > q->now - DAY))
		return ERR_OK;
	SQL_TX(tx, q->db);
	TRY(job_add(&tx, JOB_AUDIT_VERIFY, 0, q->now, q->now));
	return sql_commit(&tx);
}
