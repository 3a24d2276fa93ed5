#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/password.h"
#include "handlers/admin/admin.h"
#include "handlers/admin/staff_person.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/names.h"
#include "sql/account/staff.h"
#include "sql/catalogue/bureau.h"
#include "sql/record/audit.h"

#define PASSWORD_MAX 16
#define LINE_MAX 40

struct options {
	const char *account, *name, *bureau, *role;
	bool secrets_stdin, must_change, may_download;
};

/* What every account of the host could read among the arguments. */
struct secrets {
	char password[PASSWORD_MAX + 2], phone[LINE_MAX], id_no[LINE_MAX];
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
		else if (strcmp(argv[i], "--secrets-stdin") == 0)
			ret->secrets_stdin = true;
		else if (strcmp(argv[i], "--must-change") == 0)
			ret->must_change = true;
		else if (strcmp(argv[i], "--may-download") == 0)
			ret->may_download = true;
		else
			return false;
	}
	return ret->account && ret->name && ret->bureau && ret->secrets_stdin;
}

/* A role of the staff by the name the shell uses; ROLE_NONE for any other. */
static enum role
role_of(const char *name)
{
	const struct kind_info *role = kind_by_wire(roles, name);

	return role && role->code >= ROLE_OFFICER ? (enum role)role->code : ROLE_NONE;
}

static bool
read_line(char *line, size_t size)
{
	if (!fgets(line, (int)size, stdin))
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

/* Three lines of standard input; what is wrong with them, or NULL. */
static const char *
read_secrets(struct secrets *ret)
{
	char phone[MOBILE_SIZE];

	if (!read_line(ret->password, sizeof(ret->password)) ||
	    !format_password.check(ret->password)) /* */
		return "password: 8 to 16 characters, letters and digits, not a common one";
	if (!read_line(ret->phone, sizeof(ret->phone)) || !mobile_normalise(ret->phone, phone))
		return "phone: 11 digits";
	snprintf(ret->phone, sizeof(ret->phone), "%s", phone);
	if (!read_line(ret->id_no, sizeof(ret->id_no)) || !id_number_valid("id_card", ret->id_no))
		return "id number: a valid 居民身份证号码 of 18 characters";
	format_upper(ret->id_no);
	return NULL;
}

/* Made, or what there is brought to this state. */
static enum err
put_row(struct req *q, struct sql_tx *tx, struct staff *s)
{
	struct staff known = { 0 };
	enum err e = staff_by_account(q->db, q->arena, s->account, &known);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	s->id = known.id;
	TRY(staff_person_free(q, tx, s));
	return e == ERR_OK ? staff_put(tx, s) : staff_add_row(tx, s, &s->id);
}

static enum err
put(struct req *q, const struct options *o, enum role role, const struct secrets *secrets)
{
	struct bureau bureau = { 0 };
	char *hash;

	TRY(bureau_by_region(q->db, q->arena, o->bureau, &bureau));
	TRY(password_hash(q->arena, secrets->password, &hash));
	struct staff s = { .account = o->account,
		.name = o->name,
		.password = hash,
		.password_at = q->now,
		.bureau_id = bureau.id,
		.role = role,
		.scope = "",
		.may_download = o->may_download,
		.must_change = o->must_change,
		.created_at = q->now };
	staff_person_seal(q, secrets->id_no, secrets->phone, &s);
	SQL_TX(tx, q->db);
	TRY(put_row(q, &tx, &s));
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
	struct secrets secrets = { 0 };

	if (!read_options(argc, argv, &o) || role_of(o.role) == ROLE_NONE) {
		fputs("usage: portal admin staff-add --account A --name N --bureau REGION"
		      " [--role officer|sysadmin|secadmin|auditor] --secrets-stdin"
		      " [--must-change] [--may-download]\n"
		      "standard input: password, phone, 居民身份证号码, one a line\n",
		    stderr);
		return EXIT_FAILURE;
	}
	if (!format_account.check(o.account) || strlen(o.name) > 60) {
		fputs("staff-add: account: 4 to 32 of A-Z a-z 0-9 _ . @ -; name: at most 60 "
		      "bytes\n",
		    stderr);
		return EXIT_FAILURE;
	}
	const char *wrong = read_secrets(&secrets);
	if (wrong) {
		fprintf(stderr, "staff-add: %s\n", wrong);
		return EXIT_FAILURE;
	}
	password_init(NULL, NULL, 0); /* the workers' lock files are not this user's */
	enum err e = put(q, &o, role_of(o.role), &secrets);
	explicit_bzero(&secrets, sizeof(secrets));
	if (e == ERR_OK)
		return EXIT_SUCCESS;
	fprintf(stderr, "staff-add: %s\n",
	    e == ERR_NOT_FOUND  ? "no bureau of that region"
	    : e == ERR_CONFLICT ? "that person has an account of another role, or in that bureau"
				: err_info(e)->key);
	return EXIT_FAILURE;
}
