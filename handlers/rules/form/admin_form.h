#ifndef HANDLERS_RULES_FORM_ADMIN_FORM_H
#define HANDLERS_RULES_FORM_ADMIN_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/form.h"

/* ---- accounts -------------------------------------------------------------- */

/* Accounts of the staff, as the 安全管理员 keeps them. */
struct staff_form {
	const char *account; /* when it is made; never changed */
	const char *name;
	const char *id_no;  /* of the person, a 居民身份证; when it is made, never changed */
	const char *phone;  /* his passwords go there; NULL: stays */
	const char *role;   /* wire name of role.def */
	const char *bureau; /* code of its region */
	const char *scope;  /* code of a region inside the bureau's; NULL: all of it */
	bool may_download;
	int64_t version;    /* of the account that is changed */
	const char *reason; /* for whoever confirms it */
};
extern const struct form staff_add_form, staff_change_form;

/* 停用, and what is asked for without any other answer. */
struct staff_reason_form {
	const char *reason;
};
extern const struct form staff_disable_form, staff_reason_form;

/* What the other 安全管理员 says to it. */
struct staff_verdict_form {
	const char *verdict; /* STAFF_CONFIRM or "refuse" */
	const char *note;    /* why it is refused */
};
#define STAFF_CONFIRM "confirm"
extern const struct form staff_verdict_form;

/* ---- catalogues ------------------------------------------------------------ */

/*
 * Rows of the tables of catalogue.def. A row begins with its key, which the
 * store fills; members without a field in the form are worked out by the
 * table's check (handlers/admin/catalogue_check.c). Days are "yyyy-MM-dd".
 */
struct catalogue_key {
	int64_t id, version;
};

struct bureau_row {
	struct catalogue_key key;
	const char *region_code, *name;
	int64_t level;      /* worked out */
	const char *prefix; /* worked out */
};

struct region_row {
	struct catalogue_key key;
	const char *code, *name;
	int64_t level, kind; /* worked out */
	const char *parent;  /* worked out; NULL for the nation */
	int64_t position;
	bool active;
};

struct institution_row {
	struct catalogue_key key;
	const char *code, *name, *region_code, *uscc;
	const char *legal_name; /* or NULL */
	const char *agreement_start, *agreement_end;
	bool active;
};

struct channel_row {
	struct catalogue_key key;
	const char *code, *name, *channel;
	bool active;
};

struct dictionary_row {
	struct catalogue_key key;
	const char *list, *code, *text, *hint;
	int64_t position;
	bool active;
};

struct announcement_row {
	struct catalogue_key key;
	const char *title, *body;
	const char *starts, *ends;
	bool active;
};

#define CATALOGUE(name, NAME, path, title, about, search, read, write)                             \
	extern const struct form name##_row_form;
#include "handlers/rules/table/catalogue.def"
#undef CATALOGUE

/* Every row form has this field, for changing a row; the row's key keeps the value. */
#define CATALOGUE_VERSION "version"

/*
 * Taking a file of the institution catalogue over, after the look at it. Who
 * stands in the catalogue for the regions of the file and not in the file has
 * lost its agreement, or was forgotten in the file: so it ends only when that
 * is asked for, with the number the look found, and said once more when it is
 * more than IMPORT_MISSING_SHARE.
 */
struct import_run_form {
	bool end_missing;
	int64_t missing; /* how many end, as shown */
	bool sure;
};

#define IMPORT_MISSING_SHARE 10 /* percent of what is in force in the regions of the file */

/* Is it so many that one should ask again? */
bool import_many(int64_t missing, int64_t covered);

extern const struct form import_run_form;

/* ---- working days ---------------------------------------------------------- */

/* A day that differs from Monday to Friday; the day itself is in the address. */
struct calendar_day_form {
	bool works;
	const char *name;
};

/* How many working days a desk may take. */
struct desk_target_form {
	const char *desk; /* of desk_choices */
	int64_t days;
};

extern const struct form calendar_day_form;
extern const struct form desk_target_form;

#endif
