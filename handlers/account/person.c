#include "handlers/account/person.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/account/cross_check.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/check/format.h"

enum err
operator_of(struct req *q, const char *phone, struct operator* ret)
{
	return operator_by_phone(q->db, q->arena, index_text(q, PURPOSE_OPERATOR_PHONE, phone),
	    index_text_also(q, PURPOSE_OPERATOR_PHONE, phone), ret);
}

enum err
operator_find(struct req *q, const char *phone, struct operator* ret, bool *ret_found)
{
	enum err e = operator_of(q, phone, ret);

	*ret_found = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
person_matches(struct req *q, const struct person *person, const struct operator* o, bool *ret)
{
	char *id_no;

	TRY(unseal_text(q, PURPOSE_OPERATOR_ID, o->id_sealed, &id_no));
	*ret = strcmp(person->name, o->name) == 0 && strcmp(person->id_type, o->id_type) == 0 &&
	       id_number_same(o->id_type, person->id_no, id_no);
	return ERR_OK;
}

static bool
is_refused(const struct req *q, const char *field)
{
	for (size_t i = 0; i < q->errors.count; i++)
		if (strcmp(q->errors.list[i].name, field) == 0)
			return true;
	return false;
}

bool
person_given(const struct req *q, const struct person *p)
{
	static const char *const fields[] = { "name", "id_type", "id_no", "id_start", "id_end" };

	for (size_t i = 0; i < COUNT(fields); i++)
		if (is_refused(q, fields[i]))
			return true;
	return p->name || p->id_type || p->id_no || p->id_start || p->id_end;
}

void
want(struct req *q, const struct form *form, const char *name, const char *value)
{
	if (!value && !is_refused(q, name))
		(void)!form_refuse(form, &q->errors, name, NULL);
}

void
person_wanted(struct req *q, const struct form *form, const struct person *p, bool forever)
{
	want(q, form, "name", p->name);
	want(q, form, "id_type", p->id_type);
	want(q, form, "id_no", p->id_no);
	want(q, form, "id_start", p->id_start);
	want(q, form, "id_end", forever ? "" : p->id_end);
	check_id_no(q, "id_no", p->id_type, p->id_no);
	check_id_period(q, p->id_start, p->id_end);
}

enum err
person_insert(struct req *q, struct sql_tx *tx, const struct person *person, const char *password,
    int64_t until, int64_t *ret_id)
{
	const char *id_no = id_no_stored(q, person->id_no);
	struct operator o = {
		.phone_index = index_text(q, PURPOSE_OPERATOR_PHONE, person->phone),
		.phone_sealed = seal_text(q, PURPOSE_OPERATOR_PHONE, person->phone),
		.name = person->name,
		.id_type = person->id_type,
		.id_sealed = seal_text(q, PURPOSE_OPERATOR_ID, id_no),
		.id_start = person->id_start,
		.id_end = person->id_end,
		.password = password,
		.must_change = until != 0,
		.password_until = until,
		.created_at = q->now,
	};
	enum err e = operator_insert(tx, q->arena, &o,
	    index_text_also(q, PURPOSE_OPERATOR_PHONE, person->phone), ret_id);

	return e == ERR_EXISTS ? ERR_CONFLICT : e;
}
