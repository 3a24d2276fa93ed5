#include "handlers/admin/audit_verify.h"

#include <stdio.h>
#include <string.h>

#include "handlers/admin/audit_seal.h"

int
audit_verify_run(struct req *q, int argc, char *argv[])
{
	const char *heads = argc == 2 && strcmp(argv[0], "--heads") == 0 ? argv[1] : NULL;
	struct audit_report report;
	int64_t sealed;

	if (argc && !heads) {
		fputs("usage: portal admin audit-verify [--heads FILE]\n", stderr);
		return 2;
	}
	if (audit_sealed_verify(q, heads, &report, &sealed) != ERR_OK)
		return 2;
	if (report.sound)
		printf("audit: %lld rows, %lld seals%s, sound\n", (long long)report.rows,
		    (long long)sealed,
		    heads    ? " as given away"
		    : sealed ? ""
			     : " (no key, or nothing sealed yet)");
	else
		printf("audit: NOT sound: %s in chain %lld at %lld, after %lld rows that fit\n",
		    report.fault, (long long)report.chain, (long long)report.seq,
		    (long long)report.rows);
	return report.sound ? 0 : 1;
}
