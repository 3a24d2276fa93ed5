#include "handlers/admin/audit_trail.h"
#include "handlers/import/import.h"
#include "handlers/jobs/jobs.h"
#include "sql/application/export.h"
#include "sql/application/upload_scan.h"
#include "sql/record/sms.h"

const struct job_kind job_kinds[] = {
	{ AUDIT_JOB, audit_check_run, NULL, NULL, NULL },
	{ EXPORT_JOB, make_export_run, make_export_give_up, NULL, NULL },
	{ IMPORT_CHECK_JOB, import_check_run, import_give_up, NULL, NULL },
	{ IMPORT_RUN_JOB, import_take_run, import_give_up, NULL, NULL },
	{ "issue_formal", issue_formal_run, NULL, NULL, NULL },
	{ "issue_test", issue_test_run, NULL, NULL, NULL },
	{ "keys_expired", keys_expired_run, NULL, NULL, NULL },
	{ "keys_expiring", keys_expiring_run, NULL, NULL, NULL },
	{ "reissue", reissue_run, NULL, NULL, NULL },
	{ SCAN_JOB, scan_upload_run, scan_upload_give_up, NULL, NULL },
	{ SMS_JOB, send_sms_run, send_sms_give_up, send_sms_begin, send_sms_failed },
};
const size_t job_kinds_count = sizeof(job_kinds) / sizeof(job_kinds[0]);
