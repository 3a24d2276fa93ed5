#include "handlers/key/credential.h"

#include "fcgi/base/time.h"
#include "handlers/application/access.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/key_form.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/procedure/workflow.h"
#include "handlers/sheet/layout.h"
#include "handlers/sheet/offer.h"
#include "sql/catalogue/bureau.h"
#include "sql/key/credential.h"
#include "sql/key/sheet.h"
#include "sql/record/job.h"

#define NOTICE_DAYS 7 /* before the older keys end */
#define NATION 1

static enum err
is_nation(struct req *q, bool *ret)
{
	struct bureau bureau;

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &bureau));
	*ret = bureau.level == NATION;
	return ERR_OK;
}

/* ---- what there is ------------------------------------------------------- */

struct issued_sheet_answer {
	const char *kind, *title, *number;
};
static const struct answer_row sheet_rows[] = {
	ANSWER(struct issued_sheet_answer, kind, .words = sheet_kind_words),
	ANSWER(struct issued_sheet_answer, title),
	ANSWER(struct issued_sheet_answer, number),
};
static const struct answer issued_sheet_answer =
    ANSWER_TABLE("issued_sheet", struct issued_sheet_answer, sheet_rows);

struct credential_answer {
	const char *environment, *app_id, *state, *state_text, *reason;
	int64_t serial, issued_at, valid_until, ended_at;
	bool newest, pending;
	ANSWER_ITEMS(struct issued_sheet_answer) sheets;
};
static const struct answer_row item_rows[] = {
	ANSWER(struct credential_answer, environment, .words = environment_words),
	ANSWER(struct credential_answer, serial,
	    .about = "from 1; one more when they are reissued"),
	ANSWER(struct credential_answer, newest, .about = "nothing has taken their place"),
	ANSWER(struct credential_answer, app_id),
	ANSWER(struct credential_answer, state, .words = "valid replaced ended"),
	ANSWER(struct credential_answer, state_text),
	ANSWER(struct credential_answer, issued_at, .about = "Unix seconds, as all of these"),
	ANSWER(struct credential_answer, valid_until, .null = true),
	ANSWER(struct credential_answer, ended_at, .null = true),
	ANSWER(struct credential_answer, reason, .null = true),
	ANSWER(struct credential_answer, pending, .about = "others are on their way"),
	ANSWER_MANY(struct credential_answer, sheets, &issued_sheet_answer),
};
static const struct answer credential_answer =
    ANSWER_TABLE("credential", struct credential_answer, item_rows);

struct credentials_answer {
	bool may;
	ANSWER_ITEMS(struct credential_answer) items;
};
static const struct answer_row rows[] = {
	ANSWER(struct credentials_answer, may,
	    .about = "the national bureau asks, which may revoke and reissue them"),
	ANSWER_MANY(struct credentials_answer, items, &credential_answer),
};
const struct answer credentials_answer =
    ANSWER_TABLE("credentials", struct credentials_answer, rows);

static void
add_sheets(struct arena *arena, const struct channel_credential *c,
    const struct issued_sheet *sheets, size_t count, struct credential_answer *item)
{
	struct issued_sheet_answer *own = ARENA_ARRAY(arena, struct issued_sheet_answer, count);

	for (size_t i = 0; i < count; i++) {
		enum sheet_kind kind = (enum sheet_kind)sheets[i].kind;

		if (sheets[i].environment == c->environment && sheets[i].serial == c->serial)
			own[item->sheets.count++] = (struct issued_sheet_answer){
				.kind = sheet_kind_wire(kind),
				.title = sheet_title((enum environment)c->environment, kind),
				.number = sheets[i].number,
			};
	}
	item->sheets.items = own;
}

/* newest: nothing has taken its place; until a job has made what will, that is pending. */
static struct credential_answer
credential_of(const struct channel_credential *c, bool newest, bool pending, int64_t now)
{
	bool in_force = channel_credential_in_force(c, now);
	const char *state = !in_force ? "ended" : c->valid_until ? "replaced" : "valid";
	const char *text = !in_force ? "已停用" : c->valid_until ? "并行期" : "有效";
	int64_t ran_out = in_force ? 0 : c->valid_until;

	return (struct credential_answer){
		.environment = environment_wire((enum environment)c->environment),
		.serial = c->serial,
		.newest = newest,
		.app_id = c->app_id,
		.state = state,
		.state_text = text,
		.issued_at = c->created_at,
		.valid_until = c->valid_until,
		.ended_at = c->disabled_at ? c->disabled_at : ran_out,
		.reason = c->reason,
		.pending = pending,
	};
}

static enum err
fill(struct req *q, struct sql *db, const struct application *app, bool may,
    struct credentials_answer *ret)
{
	const struct channel_credential *all;
	const struct issued_sheet *sheets;
	size_t count, issued;
	unsigned before = 0;

	TRY(channel_credential_list(db, q->arena, app->id, &all, &count));
	TRY(issued_sheet_list(db, q->arena, app->id, &sheets, &issued));
	struct credential_answer *items = ARENA_ARRAY(q->arena, struct credential_answer, count);
	for (size_t i = 0; i < count; i++) {
		bool newest = all[i].environment != before, pending = false;

		before = all[i].environment;
		if (newest && job_waits(db, q->arena, JOB_REISSUE, all[i].id, &pending) != ERR_OK)
			return ERR_UNAVAILABLE;
		items[i] = credential_of(&all[i], newest, pending, q->now);
		add_sheets(q->arena, &all[i], sheets, issued, &items[i]);
	}
	ret->may = may;
	ret->items.items = items;
	ret->items.count = count;
	return ERR_OK;
}

enum err
credential_index(struct req *q)
{
	struct application app;
	struct credentials_answer answer;
	bool nation;

	TRY(is_nation(q, &nation));
	TRY(application_of_bureau(q, q->db, &app));
	TRY(fill(q, q->db, &app, nation && !state_is_final((enum state)app.state), &answer));
	return reply(q, 200, &credentials_answer, &answer);
}

/* ---- what the nation does ------------------------------------------------ */

static enum err
environment_of(struct req *q, enum environment *ret)
{
	const struct kind_info *environment = kind_by_wire(environments, q->word[0]);

	if (!environment)
		return ERR_NOT_FOUND;
	*ret = (enum environment)environment->code;
	return ERR_OK;
}

static enum err
looked_at_others(struct req *q)
{
	return refuse(q, ERR_CONFLICT, "密钥正在换发或已换发，请刷新页面后再操作");
}

/* The application, locked, and the newest credential, which nothing is about to replace. */
static enum err
hold(struct req *q, struct sql_tx *tx, struct application *ret_app, struct channel_credential *ret)
{
	struct application app;
	enum environment environment;
	bool pending;

	TRY(application_of_bureau(q, tx->db, &app));
	TRY(environment_of(q, &environment));
	TRY(application_lock(tx, q->arena, app.id, &app));
	if (state_is_final((enum state)app.state))
		return refuse(q, ERR_WRONG_STATE, "单据已弃用，密钥已停用");
	enum err e = channel_credential_get(tx->db, q->arena, app.id, environment, ret);
	if (e == ERR_NOT_FOUND)
		return refuse(q, ERR_WRONG_STATE, "该环境的密钥尚未生成");
	TRY(e);
	TRY(job_waits(tx->db, q->arena, JOB_REISSUE, ret->id, &pending));
	if (pending)
		return looked_at_others(q);
	*ret_app = app;
	return ERR_OK;
}

/* The keys of this serial that run on beside `newest`. */
static enum err
running_on(struct req *q, struct sql_tx *tx, const struct channel_credential *newest,
    int64_t serial, struct channel_credential *ret)
{
	const struct channel_credential *all;
	size_t count;

	TRY(channel_credential_list(tx->db, q->arena, newest->application_id, &all, &count));
	for (size_t i = 0; i < count; i++)
		if (all[i].environment == newest->environment && all[i].serial == serial &&
		    channel_credential_in_force(&all[i], q->now)) {
			*ret = all[i];
			return ERR_OK;
		}
	return looked_at_others(q);
}

static enum err
done(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct channel_credential *c, enum deed deed, int64_t days)
{
	struct credentials_answer answer;

	TRY(fill(q, tx->db, app, true, &answer));
	return deed_done(q, tx, deed, application_object(q, app),
	    arena_printf(q->arena, "environment=%s serial=%lld app_id=%s overlap_days=%lld",
		q->word[0], (long long)c->serial, c->app_id, (long long)days),
	    200, answer_text(q, &credentials_answer, &answer));
}

/* The operators of all applications with these keys. */
static enum err
tell_ended(struct req *q, struct sql_tx *tx, const struct channel_credential *c, enum notice notice)
{
	const struct channel_credential *all;
	size_t count;

	TRY(channel_credential_sharing(tx->db, q->arena, c->app_id, c->environment, &all, &count));
	for (size_t i = 0; i < count; i++) {
		struct application app;

		TRY(application_lock(tx, q->arena, all[i].application_id, &app));
		const char *const arguments[4] = { c->environment == ENVIRONMENT_TEST ? "测试"
										      : "正式" };
		if (!state_is_final((enum state)app.state))
			TRY(notify_operator_about(q, tx, app.operator_id, notice,
			    &(struct notice_about){ .application = &app }, arguments));
	}
	return ERR_OK;
}

static enum err
only_nation(struct req *q)
{
	bool nation;

	TRY(is_nation(q, &nation));
	return nation ? ERR_OK : ERR_FORBIDDEN;
}

enum err
credential_revoke(struct req *q)
{
	struct revocation_form in = { 0 };
	struct application app = { 0 };
	struct channel_credential c = { 0 };

	TRY(only_nation(q));
	TRY(form_bind(&revocation_form, q, NULL, FORM_SUBMIT, &in));

	SQL_TX(tx, q->db);
	TRY(hold(q, &tx, &app, &c));
	bool older = c.serial != in.serial;
	if (older) {
		TRY(running_on(q, &tx, &c, in.serial, &c));
		TRY(channel_credential_end_older(&tx, &c, in.reason, q->now));
	} else if (channel_credential_in_force(&c, q->now)) {
		TRY(channel_credential_revoke(&tx, &c, in.reason, q->now));
	} else {
		return refuse(q, ERR_WRONG_STATE, "密钥已停用，可以换发");
	}
	TRY(tell_ended(q, &tx, &c, older ? NOTICE_KEYS_EXPIRED : NOTICE_KEYS_REVOKED));
	return done(q, &tx, &app, &c, DEED_CREDENTIAL_REVOKE, 0);
}

/* The older keys go on for a while; who has them is told before they end, and when. */
static enum err
overlap(struct req *q, struct sql_tx *tx, const struct channel_credential *c,
    const struct reissue_form *in)
{
	/* so many whole days, to the end of the last */
	int64_t until = date_begin(date_of(q->now + (in->overlap_days + 1) * DAY));
	int64_t early = until - NOTICE_DAYS * DAY;
	const struct channel_credential *all;
	size_t count;

	TRY(channel_credential_overlap(tx, c, in->reason, until, q->now));
	TRY(channel_credential_sharing(tx->db, q->arena, c->app_id, c->environment, &all, &count));
	for (size_t i = 0; i < count; i++) {
		if (all[i].disabled_at)
			continue;
		if (early > q->now)
			TRY(job_add(tx, JOB_KEYS_EXPIRING, all[i].id, early, q->now));
		TRY(job_add(tx, JOB_KEYS_EXPIRED, all[i].id, until, q->now));
	}
	return ERR_OK;
}

enum err
credential_reissue(struct req *q)
{
	struct reissue_form in = { 0 };
	struct application app = { 0 };
	struct channel_credential c = { 0 };

	TRY(only_nation(q));
	TRY(form_bind(&reissue_form, q, NULL, FORM_SUBMIT, &in));

	SQL_TX(tx, q->db);
	TRY(hold(q, &tx, &app, &c));
	if (c.serial != in.serial)
		return looked_at_others(q);
	if (!channel_credential_in_force(&c, q->now))
		in.overlap_days = 0; /* nothing is left to go on */
	else if (in.overlap_days)
		TRY(overlap(q, &tx, &c, &in));
	else
		TRY(channel_credential_revoke(&tx, &c, in.reason, q->now));
	TRY(job_add(&tx, JOB_REISSUE, c.id, q->now, q->now));
	return done(q, &tx, &app, &c, DEED_CREDENTIAL_REPLACE, in.overlap_days);
}
