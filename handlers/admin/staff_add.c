#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/password.h"
#include "handlers/admin/admin.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/names.h"
#include "sql/account/staff.h"
#include "sql/catalogue/bureau.h"
#include "sql/record/audit.h"

#define PASSWORD_MAX 16

struct options {
	const char *account, *name, *bureau, *role;
	bool password_stdin, must_change, may_download;
};

static bool
read_options(int argc, char *argv[], struct options *ret)
{
	const struct {
		const char *name;
		const char **value;
	} valued[] = {
		{ "--account", &ret->account },
		{ "--name", &ret->name },
		{ "--bureau", &ret->bureau },
		{ "--role", &ret->role },
	};

	for (int i = 0; i < argc; i++) {
		size_t v = 0, count = COUNT(valued);

		while (v < count && strcmp(argv[i], valued[v].name) != 0)
			v++;
		if (v < count && i + 1 < argc)
			*valued[v].value = argv[++i];
		else if (strcmp(argv[i], "--password-stdin") == 0)
			ret->password_stdin = true;
		else if (strcmp(argv[i], "--must-change") == 0)
			ret->must_change = true;
		else if (strcmp(argv[i], "--may-download") == 0)
			ret->may_download = true;
		else
			return false;
	}
	return ret->account && ret->name && ret->bureau && ret->password_stdin;
}

/* A role of the staff by the name the shell uses; ROLE_NONE for any other. */
static enum role
role_of(const char *name)
{
	const struct kind_info *role = kind_by_wire(roles, name);

	return role && role->code >= ROLE_OFFICER ? (enum role)role->code : ROLE_NONE;
}

/* The first line of standard input, if it may be a password. */
static bool
read_password(char password[PASSWORD_MAX + 2])
{
	if (!fgets(password, PASSWORD_MAX + 2, stdin))
		return false;
	password[strcspn(password, "\r\n")] = '\0';
	return format_password.check(password);
}

static enum err
put(struct req *q, const struct options *o, enum role role, const char *password)
{
	struct bureau bureau = { 0 };
	char *hash;

	TRY(bureau_by_region(q->db, q->arena, o->bureau, &bureau));
	TRY(password_hash(q->arena, password, &hash));
	SQL_TX(tx, q->db);
	TRY(staff_put(&tx, &(struct staff){ .account = o->account,
			       .name = o->name,
			       .password = hash,
			       .bureau_id = bureau.id,
			       .role = role,
			       .may_download = o->may_download,
			       .must_change = o->must_change,
			       .created_at = q->now }));
	TRY(audit_write(&tx, q->arena,
	    &(struct audit_entry){ .address = "",
		.name = deed_name(DEED_STAFF_PUT),
		.object = arena_printf(q->arena, "staff/%s", o->account),
		.detail = arena_printf(q->arena, "bureau=%s role=%u", o->bureau, (unsigned)role),
		.now = q->now }));
	return sql_commit(&tx);
}

int
staff_add(struct req *q, int argc, char *argv[])
{
	struct options o = { .role = "officer" };
	char password[PASSWORD_MAX + 2] = "";

	if (!read_options(argc, argv, &o) || role_of(o.role) == ROLE_NONE) {
		fputs("usage: portal admin staff-add --account A --name N --bureau REGION"
		      " [--role officer|sysadmin|secadmin|auditor] --password-stdin"
		      " [--must-change] [--may-download]\n",
		    stderr);
		return EXIT_FAILURE;
	}
	if (!format_account.check(o.account) || strlen(o.name) > 60) {
		fputs("staff-add: account: 4 to 32 of A-Z a-z 0-9 _ . @ -; name: at most 60 "
		      "bytes\n",
		    stderr);
		return EXIT_FAILURE;
	}
	if (!read_password(password)) {
		fputs("staff-add: password: 8 to 16 characters, letters and digits, not a common "
		      "one\n",
		    stderr);
		return EXIT_FAILURE;
	}
	password_init(NULL); /* the workers' lock files are not this user's */
	enum err e = put(q, &o, role_of(o.role), password);
	explicit_bzero(password, sizeof(password));
	if (e == ERR_OK)
		return EXIT_SUCCESS;
	fprintf(stderr, "staff-add: %s\n",
	    e == ERR_NOT_FOUND ? "no bureau of that region" : err_info(e)->key);
	return EXIT_FAILURE;
}
