#include "handlers/account/session_answer.h"

#include "fcgi/http/config.h"
#include "fcgi/http/route.h"
#include "fcgi/http/session.h"
#include "handlers/common/mask.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/invitation.h"
#include "sql/account/last_login.h"
#include "sql/account/operator.h"
#include "sql/account/staff.h"
#include "sql/account/unit.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/region.h"
#include "sql/record/message.h"

/* ---- the tables ----------------------------------------------------------- */

#define OPERATOR WHO(ROLE_OPERATOR)
#define STAFF (WHO(ROLE_OFFICER) | WHO(ROLE_SYSADMIN) | WHO(ROLE_SECADMIN) | WHO(ROLE_AUDITOR))

static const struct answer_row institution_rows[] = {
	ANSWER_AS(struct institution_answer, row.id, "id"),
	ANSWER_AS(struct institution_answer, row.code, "code"),
	ANSWER_AS(struct institution_answer, row.name, "name"),
	ANSWER_AS(struct institution_answer, row.region_code, "region"),
	ANSWER(struct institution_answer, region_name, .about = "in full, province first"),
};
const struct answer institution_answer =
    ANSWER_TABLE("institution", struct institution_answer, institution_rows);

struct user_answer {
	const char *name, *phone, *account;
	bool totp, may_download;
};
static const struct answer_row user_rows[] = {
	ANSWER(struct user_answer, name),
	ANSWER(struct user_answer, phone, .who = OPERATOR, .about = "masked"),
	ANSWER(struct user_answer, account, .who = WHO(ROLE_UNIT) | STAFF),
	ANSWER(struct user_answer, totp, .who = STAFF, .about = "has a second factor"),
	ANSWER(struct user_answer, may_download, .who = STAFF, .about = "may take files along"),
};
static const struct answer user_answer =
    ANSWER_TABLE("session_user", struct user_answer, user_rows);

struct session_unit_answer {
	int64_t id;
	const char *name, *kind, *certification;
};
static const struct answer_row session_unit_rows[] = {
	ANSWER(struct session_unit_answer, id),
	ANSWER(struct session_unit_answer, name),
	ANSWER(struct session_unit_answer, kind, .words = INSTITUTION_KIND_WORDS),
	ANSWER(struct session_unit_answer, certification, .words = certification_words),
};
static const struct answer session_unit_answer =
    ANSWER_TABLE("session_unit", struct session_unit_answer, session_unit_rows);

struct session_bureau_answer {
	struct bureau row;
	const char *level;
};
static const struct answer_row session_bureau_rows[] = {
	ANSWER_AS(struct session_bureau_answer, row.id, "id"),
	ANSWER_AS(struct session_bureau_answer, row.name, "name"),
	ANSWER(struct session_bureau_answer, level, .words = "nation province local"),
	ANSWER_AS(struct session_bureau_answer, row.region_code, "region"),
};
static const struct answer session_bureau_answer =
    ANSWER_TABLE("session_bureau", struct session_bureau_answer, session_bureau_rows);

static const struct answer_row last_login_rows[] = {
	ANSWER(struct last_login, at, .about = "Unix seconds"),
	ANSWER(struct last_login, address),
};
static const struct answer last_login_answer =
    ANSWER_TABLE("last_login", struct last_login, last_login_rows);

struct session_answer {
	const char *kind, *csrf;
	int64_t idle_seconds, absolute_seconds;
	bool must_change_password;
	const struct user_answer *user;
	const char *role;
	const struct session_unit_answer *unit;
	const struct institution_answer *institution;
	struct text_list grants;
	const struct session_bureau_answer *bureau;
	int64_t unread, invitations;
	const char *second_factor;
	const struct last_login *last_login;
};
static const struct answer_row session_rows[] = {
	ANSWER(struct session_answer, kind, .words = "none unit operator officer",
	    .about = "officer: any of the staff"),
	ANSWER(struct session_answer, csrf, .about = "to be sent back in X-CSRF-Token"),
	ANSWER(struct session_answer, idle_seconds, .about = "it ends after, without a request"),
	ANSWER(struct session_answer, absolute_seconds, .about = "left of its life"),
	ANSWER(struct session_answer, must_change_password),
	ANSWER_ONE(struct session_answer, user, &user_answer, .null = true),
	ANSWER(struct session_answer, role, .null = true, .words = STAFF_ROLE_WORDS,
	    .about = "of the staff"),
	ANSWER_ONE(struct session_answer, unit, &session_unit_answer, .null = true),
	ANSWER_ONE(struct session_answer, institution, &institution_answer, .null = true,
	    .about = "chosen, and still in the catalogue"),
	ANSWER(struct session_answer, grants, .words = business_words),
	ANSWER_ONE(struct session_answer, bureau, &session_bureau_answer, .null = true),
	ANSWER(struct session_answer, unread, .about = "messages, counted no further than 100"),
	ANSWER(struct session_answer, invitations, .who = OPERATOR,
	    .about = "that wait for his answer"),
	ANSWER(struct session_answer, second_factor, .who = STAFF, .null = true,
	    .words = "code enrol", .about = "the dynamic code is yet to be given, or set up"),
	ANSWER_ONE(struct session_answer, last_login, &last_login_answer, .null = true,
	    .about = "the time before this one"),
};
const struct answer session_answer = ANSWER_TABLE("session", struct session_answer, session_rows);

/* ---- what is read for them ------------------------------------------------ */

enum err
institution_answer_finish(struct req *q, struct institution_answer *answer)
{
	return region_full_name(q->db, q->arena, answer->row.region_code, &answer->region_name);
}

/* The unit itself, or the one the operator chose; *ret_unit is all of it. */
static enum err
read_unit(struct req *q, struct session_answer *ret, struct unit *ret_unit)
{
	struct session_unit_answer *unit = ARENA_NEW(q->arena, struct session_unit_answer);

	TRY(unit_get(q->db, q->arena, who_unit(q), ret_unit));
	*unit = (struct session_unit_answer){
		.id = ret_unit->id,
		.name = ret_unit->name,
		.kind = ret_unit->kind,
		.certification = kind_by_code(certifications, (int)ret_unit->certification)->wire,
	};
	ret->unit = unit;
	return ERR_OK;
}

static enum err
read_institution(struct req *q, struct session_answer *ret)
{
	struct institution_answer *chosen = ARENA_NEW(q->arena, struct institution_answer);

	if (!who_institution(q))
		return ERR_OK;
	enum err e =
	    institution_of_unit(q->db, q->arena, who_institution(q), who_unit(q), &chosen->row);
	if (e == ERR_NOT_FOUND) /* left the catalogue since: to be chosen again */
		return ERR_OK;
	TRY(e);
	TRY(institution_answer_finish(q, chosen));
	ret->institution = chosen;
	return ERR_OK;
}

static enum err
read_grants(struct req *q, struct session_answer *ret)
{
	const struct grant *grants;
	size_t count, n = 0;

	TRY(grant_list(q->db, q->arena, who_unit(q), &grants, &count));
	const char **held = ARENA_ARRAY(q->arena, const char *, count);
	for (size_t i = 0; i < count; i++)
		if (grants[i].operator_id == who_user(q))
			held[n++] = kind_by_code(businesses, (int)grants[i].business)->wire;
	ret->grants = (struct text_list){ held, n };
	return ERR_OK;
}

static enum err
of_unit(struct req *q, struct session_answer *ret)
{
	struct user_answer *user = ARENA_NEW(q->arena, struct user_answer);
	struct unit unit = { 0 };

	TRY(read_unit(q, ret, &unit));
	*user = (struct user_answer){ .name = unit.name, .account = unit.account };
	ret->user = user;
	return read_institution(q, ret);
}

static enum err
of_operator(struct req *q, struct session_answer *ret)
{
	struct user_answer *user = ARENA_NEW(q->arena, struct user_answer);
	struct operator o = { 0 };
	struct unit unit = { 0 };
	struct binding binding = { 0 };
	char *phone;

	TRY(operator_get(q->db, q->arena, who_user(q), &o));
	TRY(unseal_text(q, PURPOSE_OPERATOR_PHONE, o.phone_sealed, &phone));
	*user = (struct user_answer){ .name = o.name, .phone = mask_phone(q->arena, phone) };
	ret->user = user;
	TRY(invitation_count(q->db, q->arena, index_text(q, PURPOSE_INVITATION_PHONE, phone),
	    index_text_also(q, PURPOSE_INVITATION_PHONE, phone), &ret->invitations));
	if (!who_unit(q))
		return ERR_OK;
	enum err e = binding_find(q->db, q->arena, who_unit(q), who_user(q), &binding);
	if (e == ERR_NOT_FOUND) /* unbound since: to be chosen again */
		return ERR_OK;
	TRY(e);
	TRY(read_unit(q, ret, &unit));
	TRY(read_institution(q, ret));
	return read_grants(q, ret);
}

static enum err
of_staff(struct req *q, struct session_answer *ret)
{
	static const char *const levels[] = { "", "nation", "province", "local" };
	struct session_bureau_answer *bureau = ARENA_NEW(q->arena, struct session_bureau_answer);
	struct user_answer *user = ARENA_NEW(q->arena, struct user_answer);
	struct staff staff = { 0 };

	TRY(staff_get(q->db, q->arena, who_user(q), &staff));
	TRY(bureau_get(q->db, q->arena, staff.bureau_id, &bureau->row));
	bureau->level = levels[bureau->row.level & 3];
	*user = (struct user_answer){
		.name = staff.name,
		.account = staff.account,
		.totp = staff.totp_sealed != NULL,
		.may_download = staff.may_download,
	};
	ret->user = user;
	ret->role = kind_by_code(roles, (int)who_role(q))->wire;
	ret->second_factor = who_second(q);
	ret->bureau = bureau;
	return ERR_OK;
}

/* NULL: never before. */
static const struct last_login *
last_login(struct req *q)
{
	const json_t *kept = json_object_get(q->session->data, WHO_LAST_LOGIN);
	struct last_login *last = ARENA_NEW(q->arena, struct last_login);

	last->at = json_integer_value(json_object_get(kept, "at"));
	last->address = json_string_value(json_object_get(kept, "address"));
	return kept ? last : NULL;
}

static enum err
fill(struct req *q, struct session_answer *ret)
{
	switch (who_role(q)) {
	case ROLE_NONE:
		ret->kind = "none";
		return ERR_OK;
	case ROLE_UNIT:
		ret->kind = "unit";
		TRY(of_unit(q, ret));
		break;
	case ROLE_OPERATOR:
		ret->kind = "operator";
		TRY(of_operator(q, ret));
		break;
	case ROLE_OFFICER:
	case ROLE_SYSADMIN:
	case ROLE_SECADMIN:
	case ROLE_AUDITOR:
		ret->kind = "officer";
		TRY(of_staff(q, ret));
		break;
	}
	return message_unread(q->db, q->arena, who_role(q), who_user(q), &ret->unread);
}

enum err
session_answer_read(struct req *q, const struct session_answer **ret)
{
	struct session_answer *answer = ARENA_NEW(q->arena, struct session_answer);

	answer->csrf = q->session->csrf;
	answer->idle_seconds = (int64_t)q->config->session_idle;
	answer->absolute_seconds = q->session->created + (int64_t)q->config->session_max - q->now;
	answer->must_change_password = who_must_change(q);
	answer->last_login = last_login(q);
	TRY(fill(q, answer));
	*ret = answer;
	return ERR_OK;
}
