#include "handlers/account/person.h"

#include <string.h>

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

	TRY(unseal_text(q, PURPOSE_OPERATOR_ID, row_number(q, o->id), o->id_sealed, &id_no));
	*ret = strcmp(person->name, o->name) == 0 && strcmp(person->id_type, o->id_type) == 0 &&
	       id_number_same(o->id_type, person->id_no, id_no);
	return ERR_OK;
}

enum err
person_insert(struct req *q, struct sql_tx *tx, const struct person *person, const char *password,
    int64_t until, int64_t *ret_id)
{
	const char *id_no = id_no_stored(q, person->id_no);
	struct operator o = {
		.phone_index = index_text(q, PURPOSE_OPERATOR_PHONE, person->phone),
		.phone_sealed = "",
		.name = person->name,
		.id_type = person->id_type,
		.id_sealed = "",
		.id_start = person->id_start,
		.id_end = person->id_end,
		.password = password,
		.must_change = until != 0,
		.password_until = until,
		.created_at = q->now,
	};
	enum err e = operator_insert(tx, q->arena, &o,
	    index_text_also(q, PURPOSE_OPERATOR_PHONE, person->phone), ret_id);

	if (e != ERR_OK)
		return e == ERR_EXISTS ? ERR_CONFLICT : e;
	const char *row = row_number(q, *ret_id); /* known only now */
	return operator_seal(tx, *ret_id, seal_text(q, PURPOSE_OPERATOR_PHONE, row, person->phone),
	    seal_text(q, PURPOSE_OPERATOR_ID, row, id_no));
}
