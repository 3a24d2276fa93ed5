#include "handlers/account/login.h"

#include "fcgi/session.h"
#include "handlers/account/session_json.h"
#include "handlers/deed.h"
#include "handlers/rules/format.h"
#include "handlers/who.h"
#include "sql/institution.h"

enum err
unit_by_login(struct req *q, const char *typed, struct unit *ret, bool *ret_found)
{
	enum err e = format_uscc.check(typed) ? unit_by_uscc(q->db, q->arena, typed, ret)
					      : unit_by_account(q->db, q->arena, typed, ret);

	*ret_found = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err
note_and_answer(struct req *q, const char *name)
{
	const char *detail =
	    who_unit(q) ? arena_printf(q->arena, "unit=%lld", (long long)who_unit(q)) : "";
	json_t *body;

	SQL_TX(tx, q->db);
	TRY(session_json(q, &body));
	return deed_done(q, &tx, name,
	    arena_printf(q->arena, "session/%u/%lld", q->session->role,
		(long long)q->session->user_id),
	    detail, 200, body);
}

enum err
sign_in(struct req *q, enum role role, int64_t user_id, json_t *data, const char *name)
{
	TRY(session_begin(q, role, user_id, data));
	enum err e = note_and_answer(q, name);
	if (e != ERR_OK)
		(void)!session_end(q); /* nobody is signed in who stands in no audit */
	return e;
}

enum err
data_add_unit(struct req *q, json_t *data, const struct unit *unit)
{
	const struct institution *list;
	size_t count;

	json_object_set_new(data, WHO_UNIT, json_integer(unit->id));
	TRY(institution_by_uscc(q->db, q->arena, unit->uscc, &list, &count));
	if (count == 1)
		json_object_set_new(data, WHO_INSTITUTION, json_integer(list[0].id));
	return ERR_OK;
}
