#include "handlers/jobs/work.h"

#include "handlers/admin/audit_check.h"
#include "handlers/import/import.h"
#include "handlers/jobs/jobs.h"

struct job_work
job_work(enum job_kind kind)
{
	switch (kind) {
	case JOB_AUDIT_VERIFY:
		return (struct job_work){ .run = audit_check_run };
	case JOB_CERTIFY_UNIT:
		return (
		    struct job_work){ .run = certify_unit_run, .give_up = certify_unit_give_up };
	case JOB_EXPORT:
		return (struct job_work){ .run = make_export_run, .give_up = make_export_give_up };
	case JOB_IMPORT_CHECK:
		return (struct job_work){ .run = import_check_run, .give_up = import_give_up };
	case JOB_IMPORT_RUN:
		return (struct job_work){ .run = import_take_run, .give_up = import_give_up };
	case JOB_ISSUE_FORMAL:
		return (struct job_work){ .run = issue_formal_run };
	case JOB_ISSUE_TEST:
		return (struct job_work){ .run = issue_test_run };
	case JOB_KEYS_EXPIRED:
		return (struct job_work){ .run = keys_expired_run };
	case JOB_KEYS_EXPIRING:
		return (struct job_work){ .run = keys_expiring_run };
	case JOB_REISSUE:
		return (struct job_work){ .run = reissue_run };
	case JOB_SCAN_UPLOAD:
		return (struct job_work){ .run = scan_upload_run, .give_up = scan_upload_give_up };
	case JOB_SEND_SMS:
		return (struct job_work){ .run = send_sms_run,
			.give_up = send_sms_give_up,
			.begin = send_sms_begin,
			.failed = send_sms_failed };
	case JOB_KIND_COUNT:
		break;
	}
	return (struct job_work){ .run = NULL };
}
