#include "handlers/admin/failure.h"

#include <string.h>

#include "handlers/common/deed.h"
#include "handlers/common/mask.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/jobs/jobs.h"
#include "sql/record/failure.h"
#include "sql/record/job.h"
#include "sql/record/sms.h"

#define PAGE 50

static int64_t
before(const struct req *q)
{
	return query_int(q, "cursor", 1, INT64_MAX, INT64_MAX);
}

static enum err
answer(struct req *q, json_t *items, size_t count, int64_t last)
{
	return reply_json(q, 200,
	    json_pack("{so so}", "items", items, "next",
		count > PAGE ? json_sprintf("%lld", (long long)last) : json_null()));
}

enum err
failure_jobs_index(struct req *q)
{
	const struct failed_job *list;
	size_t count;

	TRY(failed_jobs(q->db, q->arena, before(q), PAGE + 1, &list, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count && i < PAGE; i++)
		json_array_append_new(items,
		    json_pack("{sI ss sI sb sI sI sI ss?}", "id", (json_int_t)list[i].id, "kind",
			list[i].kind, "subject", (json_int_t)list[i].subject, "given_up",
			list[i].state == JOB_STATE_GIVEN_UP, "attempts",
			(json_int_t)list[i].attempts, "next_at", (json_int_t)list[i].run_at,
			"created_at", (json_int_t)list[i].created_at, "note", list[i].note));
	return answer(q, items, count, count > PAGE ? list[PAGE - 1].id : 0);
}

static const char *
state_wire(unsigned state)
{
	switch ((enum sms_state)state) {
	case SMS_GIVEN_UP:
		return "given_up";
	case SMS_UNCERTAIN:
		return "uncertain";
	case SMS_UNDELIVERED:
		return "undelivered";
	case SMS_WAITING:
	case SMS_SENT:
	case SMS_SENDING:
	case SMS_DELIVERED:
		break;
	}
	return "waiting";
}

/* A row whose key is lost hides no other. */
static const char *
phone_of(struct req *q, const struct failed_sms *sms)
{
	char *phone;

	if (unseal_text(q, PURPOSE_SMS_PHONE, sms->phone_sealed, &phone) != ERR_OK)
		return "?";
	return mask_phone(q->arena, phone);
}

enum err
failure_sms_index(struct req *q)
{
	const struct failed_sms *list;
	size_t count;

	TRY(failed_sms(q->db, q->arena, before(q), PAGE + 1, &list, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count && i < PAGE; i++)
		json_array_append_new(items,
		    json_pack("{sI ss ss ss sI sI ss? sb}", "id", (json_int_t)list[i].id, "notice",
			notify_title(list[i].template_name), "phone", phone_of(q, &list[i]),
			"state", state_wire(list[i].state), "attempts",
			(json_int_t)list[i].attempts, "created_at", (json_int_t)list[i].created_at,
			"note", list[i].note, "retriable", list[i].retriable));
	return answer(q, items, count, count > PAGE ? list[PAGE - 1].id : 0);
}

enum err
failure_job_retry(struct req *q)
{
	SQL_TX(tx, q->db);
	TRY(failed_job_retry(&tx, q->id, q->now));
	return deed_done(q, &tx, DEED_JOB_RETRY,
	    arena_printf(q->arena, "job/%lld", (long long)q->id), "", 204, NULL);
}

enum err
failure_job_end(struct req *q)
{
	SQL_TX(tx, q->db);
	TRY(failed_job_end(&tx, q->id, JOB_ATTEMPTS_MAX, q->now));
	return deed_done(q, &tx, DEED_JOB_END, arena_printf(q->arena, "job/%lld", (long long)q->id),
	    "", 204, NULL);
}

enum err
failure_sms_retry(struct req *q)
{
	SQL_TX(tx, q->db);
	TRY(failed_sms_retry(&tx, q->id, q->now));
	return deed_done(q, &tx, DEED_SMS_RETRY,
	    arena_printf(q->arena, "sms/%lld", (long long)q->id), "", 204, NULL);
}
