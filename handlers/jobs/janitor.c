#include "fcgi/config.h"
#include "fcgi/file.h"
#include "fcgi/log.h"
#include "handlers/account/device.h"
#include "handlers/jobs/jobs.h"
#include "handlers/rules/sandbox.h"
#include "handlers/upload/tus.h"
#include "sql/attempt.h"
#include "sql/document.h"
#include "sql/export.h"
#include "sql/job.h"
#include "sql/known_device.h"
#include "sql/once.h"
#include "sql/sandbox.h"
#include "sql/sms.h"
#include "sql/upload.h"

#define HOUR (60 * 60)
#define DAY (24 * HOUR)
#define PARTIAL_AGE TUS_AGE   /* seconds an upload may lie unfinished */
#define ORPHAN_AGE (15 * 60)  /* seconds a file may lie without a row */
#define SWEEP_OVERLAP HOUR    /* seconds a sweep looks back beyond the last one */
#define SWEEP_FIRST (2 * DAY) /* seconds the first one of a process looks back */
#define KEPT_AGE (7 * DAY)    /* seconds kept answers and done jobs stay */
#define BATCH 100             /* rows at a time */

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

static enum err
wants_partial(void *context, const char *id, bool *ret)
{
	struct req *q = context;
	struct upload u;
	enum err e = upload_get(q->db, q->arena, id, &u);

	if (e == ERR_NOT_FOUND) {
		TRY(is_export(q, id, ret));
	} else {
		TRY(e);
		*ret = u.state == UPLOAD_PARTIAL;
	}
	arena_reset(q->arena);
	return ERR_OK;
}

static enum err
wants_kept(void *context, const char *sm3, bool *ret)
{
	struct req *q = context;

	TRY(upload_keeps(q->db, q->arena, sm3, ret));
	if (!*ret)
		TRY(document_keeps(q->db, q->arena, sm3, ret));
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

static enum err
purge_rows(struct req *q)
{
	SQL_TX(tx, q->db);
	TRY(export_purge(&tx, q->now, BATCH));
	TRY(once_purge(&tx, q->now - KEPT_AGE, BATCH * 100));
	TRY(job_purge(&tx, q->now - KEPT_AGE, BATCH * 100));
	TRY(sandbox_purge(&tx, q->now - SANDBOX_AGE, BATCH * 100));
	TRY(sms_code_purge(&tx, q->now - DAY, BATCH * 100));
	TRY(attempt_purge(&tx, q->now, BATCH * 100));
	TRY(known_device_purge(&tx, q->now - DEVICE_AGE, BATCH * 100));
	return sql_commit(&tx);
}

enum err
janitor_run(struct req *q)
{
	enum err reminded = remind_run(q); /* whatever becomes of it, the rest is cleared away */

	arena_reset(q->arena);
	TRY(end_stale_uploads(q));
	TRY(lapse_run(q));
	TRY(purge_rows(q));
	TRY(desk_durations_run(q));
	TRY(sweep_files(q)); /* last: it empties the arena as it goes */
	return reminded;
}
