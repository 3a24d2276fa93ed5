#include "handlers/jobs/jobs.h"
#include "sql/export.h"
#include "sql/sms.h"

const struct job_kind job_kinds[] = {
	{ EXPORT_JOB, make_export_run, make_export_give_up },
	{ "issue_formal", issue_formal_run, NULL },
	{ "issue_test", issue_test_run, NULL },
	{ SMS_JOB, send_sms_run, send_sms_give_up },
};
const size_t job_kinds_count = sizeof(job_kinds) / sizeof(job_kinds[0]);
