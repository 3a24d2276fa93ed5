#include "handlers/admin/audit_verify.h"

#include <stdio.h>

#include "sql/record/audit.h"

int
audit_verify_run(struct req *q, int argc, char *argv[])
{
	struct audit_report report;

	(void)argc;
	(void)argv;
	if (audit_verify(q->db, &report) != ERR_OK)
		return 2;
	if (report.sound)
		printf("audit: %lld rows, sound\n", (long long)report.rows);
	else
		printf("audit: NOT sound: %s in chain %lld at %lld, after %lld rows that fit\n",
		    report.fault, (long long)report.chain, (long long)report.seq,
		    (long long)report.rows);
	return report.sound ? 0 : 1;
}
