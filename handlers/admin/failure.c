#include "handlers/admin/failure.h"

#include <string.h>

#include "fcgi/http/query.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/mask.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/jobs/loop.h"
#include "sql/record/failure.h"
#include "sql/record/job.h"
#include "sql/record/sms.h"

#define PAGE 50

/* ---- jobs ------------------------------------------------------------------- */

struct failed_job_row {
	struct failed_job job;
	const char *text;
	bool given_up;
};
/* clang-format off */
#define JOB(member, ...) ANSWER_AS(struct failed_job_row, job.member, #member, __VA_ARGS__)
/* clang-format on */
static const struct answer_row job_rows[] = {
	JOB(id),
	JOB(kind, .about = "of job.def, or of another version of the program"),
	ANSWER(struct failed_job_row, text, .about = "the kind as people read it"),
	JOB(subject, .about = "id of the row the work is about"),
	ANSWER(struct failed_job_row, given_up),
	JOB(attempts),
	ANSWER_AS(struct failed_job_row, job.run_at, "next_at",
	    .about = "Unix seconds, of the next attempt"),
	JOB(created_at, .about = "Unix seconds"),
	JOB(note, .null = true, .about = "why it failed"),
};
#undef JOB
static const struct answer job_row_answer =
    ANSWER_TABLE("failed_job", struct failed_job_row, job_rows);

PAGE_ANSWER(failed_jobs, struct failed_job_row, &job_row_answer);

enum err
failure_jobs_index(struct req *q)
{
	const struct failed_job *list;
	struct page_query in = { .cursor = INT64_MAX };
	size_t count;

	TRY(query_bind(q, &page_query, &in));
	TRY(failed_jobs(q->db, q->arena, in.cursor, PAGE + 1, &list, &count));
	struct failed_job_row *items = ARENA_ARRAY(q->arena, struct failed_job_row, count);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct failed_job_row){ list[i], job_text(list[i].kind),
			list[i].state == JOB_STATE_GIVEN_UP };
	const struct failed_jobs_answer answer = {
		.items = { items, page_rows(count, PAGE) },
		.next = page_next(q->arena, count > PAGE ? list[PAGE - 1].id : 0),
	};
	return reply(q, 200, &failed_jobs_answer, &answer);
}

/* ---- SMS --------------------------------------------------------------------- */

struct failed_sms_row {
	struct failed_sms sms;
	const char *notice, *phone, *state;
};
/* clang-format off */
#define SMS(member, ...) ANSWER_AS(struct failed_sms_row, sms.member, #member, __VA_ARGS__)
/* clang-format on */
static const struct answer_row sms_rows[] = {
	SMS(id),
	ANSWER(struct failed_sms_row, notice, .about = "what it is about, as people read it"),
	ANSWER(struct failed_sms_row, phone, .about = "masked; ? when it cannot be read"),
	ANSWER(struct failed_sms_row, state, .words = "waiting given_up uncertain undelivered"),
	SMS(attempts),
	SMS(created_at, .about = "Unix seconds"),
	SMS(note, .null = true, .about = "why it failed"),
	SMS(retriable, .about = "its text is still kept"),
};
#undef SMS
static const struct answer sms_row_answer =
    ANSWER_TABLE("failed_sms", struct failed_sms_row, sms_rows);

PAGE_ANSWER(failed_sms_page, struct failed_sms_row, &sms_row_answer);

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
	struct page_query in = { .cursor = INT64_MAX };
	size_t count;

	TRY(query_bind(q, &page_query, &in));
	TRY(failed_sms(q->db, q->arena, in.cursor, PAGE + 1, &list, &count));
	struct failed_sms_row *items = ARENA_ARRAY(q->arena, struct failed_sms_row, count);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct failed_sms_row){
			.sms = list[i],
			.notice = notify_title(list[i].template_name),
			.phone = phone_of(q, &list[i]),
			.state = state_wire(list[i].state),
		};
	const struct failed_sms_page_answer answer = {
		.items = { items, page_rows(count, PAGE) },
		.next = page_next(q->arena, count > PAGE ? list[PAGE - 1].id : 0),
	};
	return reply(q, 200, &failed_sms_page_answer, &answer);
}

/* ---- again, or no more --------------------------------------------------------- */

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
