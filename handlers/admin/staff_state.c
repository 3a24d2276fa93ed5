#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handlers/admin/admin.h"
#include "sql/audit.h"
#include "sql/staff.h"

/* One change of one account, with its audit row. They all act on the officer's next request. */
static enum err
change(struct req *q, const char *account, const char *deed,
    enum err (*run)(struct sql_tx *tx, int64_t id))
{
	struct staff staff = { 0 };

	TRY(staff_by_account(q->db, q->arena, account, &staff));
	SQL_TX(tx, q->db);
	TRY(run(&tx, staff.id));
	TRY(audit_write(&tx, q->arena,
	    &(struct deed){ .address = "",
		.name = deed,
		.object = arena_printf(q->arena, "staff/%s", staff.account),
		.detail = "",
		.now = q->now }));
	return sql_commit(&tx);
}

static int
command(struct req *q, int argc, char *argv[], const char *name, const char *deed,
    enum err (*run)(struct sql_tx *tx, int64_t id))
{
	if (argc != 2 || strcmp(argv[0], "--account") != 0) {
		fprintf(stderr, "usage: portal admin %s --account A\n", name);
		return EXIT_FAILURE;
	}
	enum err e = change(q, argv[1], deed, run);
	if (e == ERR_OK)
		return EXIT_SUCCESS;
	fprintf(stderr, "%s: %s\n", name,
	    e == ERR_NOT_FOUND ? "no such account" : err_info(e)->key);
	return EXIT_FAILURE;
}

static enum err
disable(struct sql_tx *tx, int64_t id)
{
	return staff_set_disabled(tx, id, true);
}

static enum err
enable(struct sql_tx *tx, int64_t id)
{
	return staff_set_disabled(tx, id, false);
}

static enum err
reset(struct sql_tx *tx, int64_t id)
{
	return staff_set_totp(tx, id, NULL);
}

int
staff_disable(struct req *q, int argc, char *argv[])
{
	return command(q, argc, argv, "staff-disable", "staff.disable", disable);
}

int
staff_enable(struct req *q, int argc, char *argv[])
{
	return command(q, argc, argv, "staff-enable", "staff.enable", enable);
}

int
staff_totp_reset(struct req *q, int argc, char *argv[])
{
	return command(q, argc, argv, "staff-totp-reset", "staff.totp_reset", reset);
}
