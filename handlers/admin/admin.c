#include "handlers/admin/admin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/admin/audit_verify.h"
#include "handlers/admin/keyring.h"
#include "handlers/admin/store_verify.h"

static const struct {
	const char *name;
	int (*run)(struct req *q, int argc, char *argv[]);
} commands[] = {
	{ "audit-verify", audit_verify_run },
	{ "keyring", keyring_run },
	{ "sms-list", sms_list_run },
	{ "staff-add", staff_add },
	{ "staff-disable", staff_disable },
	{ "staff-enable", staff_enable },
	{ "staff-totp-reset", staff_totp_reset },
	{ "statistics-rebuild", statistics_rebuild },
	{ "store-verify", store_verify_run },
};

int
admin_run(struct req *q, int argc, char *argv[])
{
	for (size_t i = 0; argc > 0 && i < COUNT(commands); i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			return commands[i].run(q, argc - 1, argv + 1);
	fputs("usage: portal admin COMMAND …, one of:", stderr);
	for (size_t i = 0; i < COUNT(commands); i++)
		fprintf(stderr, " %s", commands[i].name);
	fputc('\n', stderr);
	return EXIT_FAILURE;
}
