#include "fcgi/base/time.h"
#include "handlers/account/device.h"
#include "handlers/admin/audit_trail.h"
#include "handlers/jobs/jobs.h"
#include "handlers/rules/table/sandbox.h"
#include "handlers/statistic/desk_durations.h"
#include "sql/account/attempt.h"
#include "sql/account/known_device.h"
#include "sql/application/export.h"
#include "sql/application/upload.h"
#include "sql/catalogue/import.h"
#include "sql/db/once.h"
#include "sql/key/sandbox.h"
#include "sql/record/job.h"
#include "sql/record/sms.h"
#include "sql/record/sms_ceiling.h"

#define KEPT_AGE (7 * DAY) /* seconds kept answers and done jobs stay */
#define BATCH 100          /* rows at a time */

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
	TRY(janitor_files(q)); /* last: it empties the arena as it goes */
	return reminded;
}
