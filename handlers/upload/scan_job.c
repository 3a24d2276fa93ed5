#include <unistd.h>

#include "fcgi/base/log.h"
#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/jobs/jobs.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/upload/access.h"
#include "handlers/upload/clamd.h"
#include "sql/application/upload.h"
#include "sql/application/upload_scan.h"

/*
 * A stored file is shown to the virus scanner. What is infected leaves the
 * folders nginx serves, under whichever names it was uploaded, and whoever
 * uploaded it is told.
 */

#define AGAIN (60 * 60) /* seconds, when the scanner was away through all attempts */
#define SAME_MAX 100

static enum err
ask(struct req *q, const struct upload *u, const char **ret_found)
{
	int fd;

	TRY(file_open_kept(q->config->store, u->digest, &fd));
	enum err e = clamd_scan(clamd_settings.socket, fd, q->arena, ret_found);
	close(fd);
	return e;
}

static enum err
tell(struct req *q, struct sql_tx *tx, const struct upload *u)
{
	const char *const arguments[4] = { u->name };

	if (u->role == ROLE_OPERATOR)
		return notify_operator(q, tx, u->user_id, NOTICE_FILE_INFECTED, NULL, arguments);
	return notify_unit(q, tx, u->unit_id, NOTICE_FILE_INFECTED, arguments);
}

static enum err
quarantine(struct req *q, struct sql_tx *tx, const struct upload *u, const char *found)
{
	const struct upload *same;
	size_t count;

	TRY(upload_of_content(tx->db, q->arena, u->digest, SAME_MAX, &same, &count));
	for (size_t i = 0; i < count; i++) {
		TRY(upload_set_state(tx, same[i].id, UPLOAD_QUARANTINED, q->now));
		TRY(upload_scan_end(tx, same[i].id, found, q->now));
		TRY(tell(q, tx, &same[i]));
		TRY(deed_note(q, tx, DEED_UPLOAD_QUARANTINE, upload_object(q, same[i].id),
		    arena_printf(q->arena, "found=%s digest=%s", found, u->digest)));
	}
	log_line(LOG_WARN, "scan", "what=infected digest=%s found=%s", u->digest, found);
	return file_quarantine(q->config->store, u->digest);
}

enum err
scan_upload_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct upload_scan scan;
	struct upload u;
	const char *found = NULL;
	enum err e = upload_scan_get(tx->db, q->arena, job->subject, &scan);

	if (e == ERR_OK && scan.state == SCAN_WAITING)
		e = upload_get(tx->db, q->arena, scan.upload_id, &u);
	if (e == ERR_NOT_FOUND)
		return ERR_OK; /* it was given up meanwhile */
	TRY(e);
	if (scan.state != SCAN_WAITING || u.state != UPLOAD_STORED)
		return ERR_OK;
	if (*clamd_settings.socket ==
	    '\0') /* switched off since: it is as if there had never been one */
		return upload_scan_delete(tx, u.id);
	TRY(ask(q, &u, &found));
	return found ? quarantine(q, tx, &u, found) : upload_scan_end(tx, u.id, NULL, q->now);
}

/* The file still waits: another job goes on asking, and this one shows that somebody has to look. */
enum err
scan_upload_give_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note)
{
	(void)note;
	return job_add(tx, JOB_SCAN_UPLOAD, job->subject, q->now + AGAIN, q->now);
}
