#include "handlers/account/login.h"

#include "fcgi/http/session.h"
#include "handlers/account/attempt.h"
#include "handlers/account/device.h"
#include "handlers/account/session_answer.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/check/format.h"
#include "sql/account/last_login.h"
#include "sql/catalogue/institution.h"

/*
 * The database compares names as people sort them, so that é would be e. An
 * account is none of that, or several spellings would be one for it alone, and
 * wrong passwords be counted together only where somebody has it.
 */
bool
login_is_plain(const char *typed)
{
	for (; *typed; typed++)
		if (*typed <= ' ' || *typed > '~')
			return false;
	return true;
}

enum err
unit_by_login(struct req *q, const char *typed, struct unit *ret, bool *ret_found)
{
	*ret_found = false;
	if (!login_is_plain(typed))
		return ERR_OK;
	enum err e = format_uscc.check(typed) ? unit_by_uscc(q->db, q->arena, typed, ret)
					      : unit_by_account(q->db, q->arena, typed, ret);

	*ret_found = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* came: with a password, so when and from where is to be kept. */
static enum err
note_and_answer(struct req *q, enum deed deed, bool came)
{
	const char *detail =
	    who_unit(q) ? arena_printf(q->arena, "unit=%lld", (long long)who_unit(q)) : "";
	const struct session_answer *answer;

	SQL_TX(tx, q->db);
	if (came) {
		TRY(last_login_put(&tx, q->session->role, q->session->user_id,
		    &(struct last_login){ q->now, q->address }));
		TRY(device_remember(q, &tx, counted_as(q), q->session->user_id));
	}
	TRY(session_answer_read(q, &answer));
	return deed_done(q, &tx, deed,
	    arena_printf(q->arena, "session/%u/%lld", q->session->role,
		(long long)q->session->user_id),
	    detail, 200, answer_text(q, &session_answer, answer));
}

/* Nobody is signed in who stands in no audit. */
static enum err
end_unless(struct req *q, enum err e)
{
	if (e != ERR_OK)
		(void)!session_end(q);
	return e;
}

enum err
sign_on(struct req *q, json_t *data, enum deed deed)
{
	TRY(session_renew(q, data));
	return end_unless(q, note_and_answer(q, deed, false));
}

enum err
sign_in(struct req *q, enum role role, int64_t user_id, json_t *data, enum deed deed)
{
	struct last_login last = { 0 };
	enum err e = last_login_get(q->db, q->arena, role, user_id, &last);

	if (e == ERR_OK)
		json_object_set_new(data, WHO_LAST_LOGIN,
		    json_pack("{sI ss}", "at", (json_int_t)last.at, "address", last.address));
	else if (e != ERR_NOT_FOUND) {
		json_decref(data);
		return e;
	}
	TRY(session_begin(q, role, user_id, data));
	return end_unless(q, note_and_answer(q, deed, true));
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
