#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handlers/admin/admin.h"
#include "handlers/admin/staff_deed.h"
#include "handlers/common/deed.h"

/* One change of one account, with its audit row. They all act on the officer's next request. */
static enum err
change(struct req *q, const char *account, enum staff_deed deed)
{
	struct staff staff = { 0 };

	TRY(staff_by_account(q->db, q->arena, account, &staff));
	SQL_TX(tx, q->db);
	TRY(staff_deed_run(q, &tx, deed, &staff));
	TRY(deed_note(q, &tx, staff_deed_audited(deed), staff_object(q, &staff), ""));
	return sql_commit(&tx);
}

static int
command(struct req *q, int argc, char *argv[], const char *name, enum staff_deed deed)
{
	if (argc != 2 || strcmp(argv[0], "--account") != 0) {
		fprintf(stderr, "usage: portal admin %s --account A\n", name);
		return EXIT_FAILURE;
	}
	enum err e = change(q, argv[1], deed);
	if (e == ERR_OK)
		return EXIT_SUCCESS;
	fprintf(stderr, "%s: %s\n", name,
	    e == ERR_NOT_FOUND  ? "no such account"
	    : e == ERR_CONFLICT ? "the last secadmin who is not disabled; add another one first"
				: err_info(e)->key);
	return EXIT_FAILURE;
}

int
staff_disable(struct req *q, int argc, char *argv[])
{
	return command(q, argc, argv, "staff-disable", STAFF_DISABLE);
}

int
staff_enable(struct req *q, int argc, char *argv[])
{
	return command(q, argc, argv, "staff-enable", STAFF_ENABLE);
}

int
staff_totp_reset(struct req *q, int argc, char *argv[])
{
	return command(q, argc, argv, "staff-totp-reset", STAFF_TOTP_RESET);
}
