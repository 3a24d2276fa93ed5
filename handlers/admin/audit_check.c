#include "handlers/admin/audit_check.h"

#include <time.h>

#include "fcgi/base/log.h"
#include "fcgi/base/time.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "sql/record/audit.h"
#include "sql/record/audit_search.h"

#define SHOWN 10

struct check_answer {
	struct audit_check check;
	bool asked;
};
/* clang-format off */
#define CHECK(member, ...) ANSWER_AS(struct check_answer, check.member, #member, __VA_ARGS__)
/* clang-format on */
static const struct answer_row check_rows[] = {
	CHECK(id),
	ANSWER(struct check_answer, asked, .about = "by somebody; false: the daily one"),
	CHECK(rows, .about = "of the trail, looked at"),
	CHECK(sound),
	CHECK(fault, .null = true, .about = "what is wrong at chain and seq"),
	CHECK(chain),
	CHECK(seq),
	CHECK(started_at, .about = "Unix seconds"),
	CHECK(ended_at, .about = "Unix seconds"),
};
#undef CHECK
static const struct answer check_answer =
    ANSWER_TABLE("audit_check", struct check_answer, check_rows);

struct checks_answer {
	bool running;
	ANSWER_ITEMS(struct check_answer) items;
};
static const struct answer_row checks_rows[] = {
	ANSWER(struct checks_answer, running),
	ANSWER_MANY(struct checks_answer, items, &check_answer),
};
const struct answer audit_checks_answer =
    ANSWER_TABLE("audit_checks", struct checks_answer, checks_rows);

struct asked_answer {
	bool running;
};
static const struct answer_row asked_rows[] = {
	ANSWER(struct asked_answer, running),
};
const struct answer audit_check_asked_answer =
    ANSWER_TABLE("audit_check_asked", struct asked_answer, asked_rows);

enum err
audit_checks_show(struct req *q)
{
	const struct audit_check *list;
	struct checks_answer answer = { 0 };
	size_t count;

	TRY(audit_check_runs(q->db, q->arena, &answer.running));
	TRY(audit_checks(q->db, q->arena, SHOWN, &list, &count));
	struct check_answer *items = ARENA_ARRAY(q->arena, struct check_answer, count);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct check_answer){ list[i], list[i].asked_by != 0 };
	answer.items.items = items;
	answer.items.count = count;
	return reply(q, 200, &audit_checks_answer, &answer);
}

enum err
audit_check_ask(struct req *q)
{
	const struct asked_answer answer = { true };
	bool runs;

	TRY(audit_check_runs(q->db, q->arena, &runs));
	if (runs)
		return reply(q, 202, &audit_check_asked_answer, &answer);
	SQL_TX(tx, q->db);
	TRY(job_add(&tx, JOB_AUDIT_VERIFY, who_user(q), q->now, q->now));
	return deed_done(q, &tx, DEED_AUDIT_VERIFY, "audit", "", 202,
	    answer_text(q, &audit_check_asked_answer, &answer));
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
