#include "handlers/account/invite.h"

#include <string.h>

#include "fcgi/crypto/password.h"
#include "handlers/account/person.h"
#include "handlers/common/deed.h"
#include "handlers/common/mask.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/unit.h"

static const char *
of_phone(struct req *q, const char *phone, const char *secret)
{
	return arena_printf(q->arena, "%s/%s", phone, secret);
}

enum err
invite_by_secret(struct req *q, const char *phone, const char *secret, struct invitation *ret)
{
	const char *text = of_phone(q, phone, secret);

	return invitation_by_secret(q->db, q->arena, index_text(q, PURPOSE_INVITATION_SECRET, text),
	    index_text_also(q, PURPOSE_INVITATION_SECRET, text), ret);
}

/* ---- sending ------------------------------------------------------------------- */

enum err
invite_send(struct req *q, struct sql_tx *tx, const struct unit *unit, const struct invitation *i)
{
	char *phone, *secret = password_random(q->arena);
	struct operator o = { 0 };
	bool known;

	TRY(unseal_text(q, PURPOSE_INVITATION_PHONE, i->phone_sealed, &phone));
	TRY(operator_find(q, phone, &o, &known));
	const char *index = index_text(q, PURPOSE_INVITATION_SECRET, of_phone(q, phone, secret));
	enum err e = notify_sms_about(q, tx,
	    known || !i->name ? NOTICE_OPERATOR_INVITED : NOTICE_OPERATOR_NEW, phone,
	    &(struct notice_about){ .unit = unit }, (const char *const[4]){ secret });
	explicit_bzero(secret, strlen(secret));
	TRY(e);
	return invitation_set_secret(tx, i->id, index, q->now + INVITE_LIFETIME);
}

enum err
invite_send_first(struct req *q, struct sql_tx *tx, const struct unit *unit,
    const struct invitation *i)
{
	if (unit->certification != CERTIFICATION_PASSED)
		return ERR_OK;
	enum err e = invite_send(q, tx, unit, i);

	if (e != ERR_RATE_LIMITED)
		return e;
	q->detail = NULL;
	return ERR_OK;
}

enum err
invite_send_waiting(struct req *q, struct sql_tx *tx, int64_t unit_id)
{
	const struct invitation *list;
	struct unit unit = { 0 };
	size_t count;

	TRY(unit_get(tx->db, q->arena, unit_id, &unit));
	TRY(invitation_list(tx->db, q->arena, unit_id, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (!list[i].secret_until)
			TRY(invite_send_first(q, tx, &unit, &list[i]));
	return ERR_OK;
}

/* ---- answering ----------------------------------------------------------------- */

static enum err
answered(struct req *q, struct sql_tx *tx, const struct invitation *i, enum notice notice,
    const char *who)
{
	TRY(unit_lock(tx, q->arena, i->unit_id));
	TRY(invitation_delete(tx, i->id));
	return notify_file(q, tx, ROLE_UNIT, i->unit_id, notice, NULL,
	    (const char *const[4]){ who });
}

enum err
invite_accept(struct req *q, struct sql_tx *tx, const struct invitation *i, int64_t operator_id)
{
	struct operator o = { 0 };

	TRY(operator_get(tx->db, q->arena, operator_id, &o));
	TRY(answered(q, tx, i, NOTICE_INVITE_ACCEPTED, o.name));
	return binding_add(tx, i->unit_id, operator_id, q->now, NULL);
}

enum err
invite_refuse(struct req *q, struct sql_tx *tx, const struct invitation *i)
{
	char *phone;

	TRY(unseal_text(q, PURPOSE_INVITATION_PHONE, i->phone_sealed, &phone));
	return answered(q, tx, i, NOTICE_INVITE_REFUSED, mask_phone(q->arena, phone));
}

/* ---- the first login ----------------------------------------------------------- */

enum err
invite_login(struct req *q, const char *phone, const char *password)
{
	struct invitation i = { 0 };
	int64_t operator_id;
	char *id_no, *hash;

	TRY(invite_by_secret(q, phone, password, &i));
	if (!i.name) /* a code; his papers are asked for where it is typed */
		return ERR_NOT_FOUND;
	if (i.secret_until <= q->now)
		return ERR_PASSWORD_EXPIRED;
	TRY(unseal_text(q, PURPOSE_INVITATION_ID, i.id_sealed, &id_no));
	TRY(password_hash(q->arena, password, &hash));
	const struct person person = { phone, i.name, i.id_type, id_no, i.id_start, i.id_end };

	SQL_TX(tx, q->db);
	TRY(person_insert(q, &tx, &person, hash, i.secret_until, &operator_id));
	TRY(invite_accept(q, &tx, &i, operator_id));
	TRY(deed_note(q, &tx, DEED_INVITATION_ACCEPT,
	    arena_printf(q->arena, "operator/%lld", (long long)operator_id),
	    arena_printf(q->arena, "unit=%lld", (long long)i.unit_id)));
	return sql_commit(&tx);
}
