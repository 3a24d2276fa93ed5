#include "fcgi/base/log.h"
#include "fcgi/base/time.h"
#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "fcgi/store/sweep.h"
#include "handlers/account/device.h"
#include "handlers/account/invite.h"
#include "handlers/admin/audit_check.h"
#include "handlers/jobs/jobs.h"
#include "handlers/jobs/lapse.h"
#include "handlers/jobs/remind.h"
#include "handlers/rules/table/sandbox.h"
#include "handlers/statistic/desk_durations.h"
#include "handlers/upload/tus/tus.h"
#include "sql/account/attempt.h"
#include "sql/account/known_device.h"
#include "sql/application/export.h"
#include "sql/application/upload.h"
#include "sql/application/upload_scan.h"
#include "sql/catalogue/document.h"
#include "sql/catalogue/import.h"
#include "sql/db/once.h"
#include "sql/key/sandbox.h"
#include "sql/record/job.h"
#include "sql/record/sms.h"
#include "sql/record/sms_ceiling.h"

#define PARTIAL_AGE TUS_AGE     /* seconds an upload may lie unfinished */
#define ORPHAN_AGE (15 * 60)    /* seconds a file may lie without a row */
#define ABANDONED_AGE (7 * DAY) /* seconds a stored upload may lie that nothing holds */
#define GRACE DAY               /* seconds from "abandoned" to gone: longer than any request */
#define SWEEP_OVERLAP HOUR      /* seconds a sweep looks back beyond the last one */
#define SWEEP_FIRST (2 * DAY)   /* seconds the first one of a process looks back */
#define KEPT_AGE (7 * DAY)      /* seconds kept answers and done jobs stay */
#define BATCH 100               /* rows at a time */

/* ---- unfinished uploads ------------------------------------------------------ */

/* The row first: a file without a row is swept, a row without its file would be believed. */
static enum err
end_upload(struct req *q, const char *id)
{
	struct upload u;

	SQL_TX(tx, q->db);
	TRY(upload_lock(&tx, q->arena, id, &u));
	if (u.state != UPLOAD_PARTIAL || u.updated_at >= q->now - PARTIAL_AGE)
		return ERR_NOT_FOUND; /* somebody went on with it */
	TRY(upload_delete(&tx, id));
	TRY(sql_commit(&tx));
	file_drop(q->config->store, id);
	return ERR_OK;
}

static enum err
end_stale_uploads(struct req *q)
{
	const struct upload *stale;
	size_t count;

	TRY(upload_stale(q->db, q->arena, q->now - PARTIAL_AGE, BATCH, &stale, &count));
	for (size_t i = 0; i < count; i++) {
		enum err e = end_upload(q, stale[i].id);

		if (e != ERR_OK && e != ERR_NOT_FOUND && e != ERR_UPLOAD_BUSY)
			return e;
	}
	return ERR_OK;
}

/* ---- files without a row -------------------------------------------------- */

/* Files of exports lie among the partial ones (handlers/jobs/make_export.c). */
static enum err
is_export(struct req *q, const char *id, bool *ret)
{
	struct export x;
	enum err e = export_by_code(q->db, q->arena, id, &x);

	if (e != ERR_NOT_FOUND)
		TRY(e);
	*ret = e == ERR_OK;
	return ERR_OK;
}

/* A file of the catalogue is read once (handlers/import/job.c). */
static enum err
is_import(struct req *q, const char *id, bool *ret)
{
	struct import i;
	enum err e = import_by_code(q->db, q->arena, id, &i);

	if (e != ERR_NOT_FOUND)
		TRY(e);
	*ret = e == ERR_OK && i.state == IMPORT_CHECKING;
	return ERR_OK;
}

static enum err
wants_partial(void *context, const char *id, bool *ret)
{
	struct req *q = context;
	struct upload u;
	enum err e = upload_get(q->db, q->arena, id, &u);

	if (e == ERR_NOT_FOUND) {
		TRY(is_export(q, id, ret));
		if (!*ret)
			TRY(is_import(q, id, ret));
	} else {
		TRY(e);
		*ret = u.state == UPLOAD_PARTIAL;
	}
	arena_reset(q->arena);
	return ERR_OK;
}

static enum err
wants_kept_now(void *context, const char *digest, bool *ret)
{
	struct req *q = context;

	TRY(upload_keeps(q->db, q->arena, digest, ret));
	return *ret ? ERR_OK : document_keeps(q->db, q->arena, digest, ret);
}

static enum err
wants_kept(void *context, const char *digest, bool *ret)
{
	struct req *q = context;

	TRY(wants_kept_now(q, digest, ret));
	arena_reset(q->arena);
	return ERR_OK;
}

static enum err
sweep_files(struct req *q)
{
	static int64_t swept_until; /* by this process */
	struct file_sweep sweep = { .before = q->now - ORPHAN_AGE, .context = q };
	int64_t partial, kept;

	sweep.wanted = wants_partial;
	TRY(file_sweep_partial(q->config->store, &sweep, &partial));
	sweep.wanted = wants_kept;
	sweep.since = swept_until ? swept_until : q->now - SWEEP_FIRST;
	TRY(file_sweep_kept(q->config->store, &sweep, &kept));
	swept_until = sweep.before - SWEEP_OVERLAP;
	if (partial + kept > 0)
		log_line(LOG_INFO, "janitor", "what=orphans partial=%lld kept=%lld",
		    (long long)partial, (long long)kept);
	return ERR_OK;
}

/* ---- stored, and held by nothing ------------------------------------------- */

/*
 * In two steps, for somebody may just be saving a form with it: first it is
 * marked, and no form takes it any more; a day later it goes, unless something
 * holds it after all. What is held is never removed.
 */
static enum err
settle(struct req *q, const char *id, enum upload_state from)
{
	struct upload u;
	bool held;

	SQL_TX(tx, q->db);
	TRY(upload_lock(&tx, q->arena, id, &u));
	if (u.state != (unsigned)from)
		return ERR_NOT_FOUND;
	TRY(upload_is_held(q->db, q->arena, id, &held));
	if (held && from == UPLOAD_ABANDONED) {
		TRY(upload_set_state(&tx, id, UPLOAD_STORED, q->now));
	} else if (!held && from == UPLOAD_STORED) {
		TRY(upload_set_state(&tx, id, UPLOAD_ABANDONED, q->now));
	} else if (!held) {
		TRY(upload_scan_delete(&tx, id));
		TRY(upload_delete(&tx, id));
	}
	return sql_commit(&tx);
}

static enum err
settle_some(struct req *q, enum upload_state from, int64_t begin, int64_t *until)
{
	const struct upload *some;
	size_t count;

	TRY(upload_abandoned(q->db, q->arena, from, begin, until, BATCH * 10, &some, &count));
	for (size_t i = 0; i < count; i++) {
		enum err e = settle(q, some[i].id, from);

		if (e != ERR_OK && e != ERR_NOT_FOUND && e != ERR_UPLOAD_BUSY)
			return e;
		if (e == ERR_OK && from == UPLOAD_ABANDONED)
			TRY(file_sweep_one(q->config->store, some[i].digest,
			    &(struct file_sweep){ .before = q->now - ORPHAN_AGE,
				.wanted = wants_kept_now,
				.context = q }));
	}
	return ERR_OK;
}

/* A day of uploads per call, round and round; each is asked about once in a while. */
static enum err
end_abandoned_uploads(struct req *q)
{
	static int64_t marked_until; /* by this process */
	int64_t until = q->now - ABANDONED_AGE;
	enum err e = settle_some(q, UPLOAD_STORED, marked_until, &until);

	marked_until = e == ERR_OK ? until : 0;
	if (e != ERR_NOT_FOUND)
		TRY(e);
	until = q->now - GRACE;
	e = settle_some(q, UPLOAD_ABANDONED, 0, &until);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Partial, abandoned and orphaned ones. Empties the arena as it goes. */
static enum err
clear_files(struct req *q)
{
	TRY(end_stale_uploads(q));
	TRY(end_abandoned_uploads(q));
	return sweep_files(q);
}

/* ---- all of it --------------------------------------------------------------- */

static enum err
purge_rows(struct req *q)
{
	SQL_TX(tx, q->db);
	TRY(export_purge(&tx, q->now, BATCH));
	TRY(once_purge(&tx, q->now - KEPT_AGE, BATCH * 100));
	TRY(job_purge(&tx, q->now - KEPT_AGE, BATCH * 100));
	TRY(sandbox_purge(&tx, q->now - SANDBOX_AGE, BATCH * 100));
	TRY(upload_purge_refused(&tx, q->now - KEPT_AGE, BATCH * 100));
	TRY(sms_forget(&tx, q->now - KEPT_AGE, BATCH * 100));
	TRY(sms_code_purge(&tx, q->now - DAY, BATCH * 100));
	TRY(sms_ceiling_purge(&tx, q->now - DAY, BATCH * 100));
	TRY(attempt_purge(&tx, q->now, BATCH * 100));
	TRY(invitation_purge(&tx, q->now - INVITATION_AGE, BATCH * 100));
	TRY(known_device_purge(&tx, q->now - DEVICE_AGE, BATCH * 100));
	TRY(import_purge(&tx, q->now - KEPT_AGE, BATCH * 100));
	return sql_commit(&tx);
}

enum err
janitor_run(struct req *q)
{
	enum err reminded = remind_run(q); /* whatever becomes of it, the rest is cleared away */

	arena_reset(q->arena);
	TRY(lapse_run(q));
	TRY(purge_rows(q));
	TRY(audit_check_daily(q));
	TRY(desk_durations_run(q));
	TRY(clear_files(q)); /* last: it empties the arena as it goes */
	return reminded;
}
