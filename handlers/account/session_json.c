#include "handlers/account/session_json.h"

#include "fcgi/http/config.h"
#include "fcgi/http/session.h"
#include "handlers/common/mask.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/operator.h"
#include "sql/account/staff.h"
#include "sql/account/unit.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/region.h"
#include "sql/record/message.h"

enum err
institution_json(struct req *q, const struct institution *institution, json_t **ret)
{
	const char *region;

	TRY(region_full_name(q->db, q->arena, institution->region_code, &region));
	*ret = json_pack("{sI ss ss ss ss}", "id", (json_int_t)institution->id, "code",
	    institution->code, "name", institution->name, "region", institution->region_code,
	    "region_name", region);
	return ERR_OK;
}

/* The unit's part, also into `body`: of the unit itself, or of the one the operator chose. */
static enum err
add_unit(struct req *q, json_t *body, struct unit *ret)
{
	TRY(unit_get(q->db, q->arena, who_unit(q), ret));
	json_object_set_new(body, "unit",
	    json_pack("{sI ss ss ss}", "id", (json_int_t)ret->id, "name", ret->name, "kind",
		ret->kind, "certification",
		kind_by_code(certifications, (int)ret->certification)->wire));
	return ERR_OK;
}

static enum err
add_institution(struct req *q, json_t *body)
{
	struct institution institution = { 0 };
	json_t *json;

	if (!who_institution(q))
		return ERR_OK;
	enum err e =
	    institution_of_unit(q->db, q->arena, who_institution(q), who_unit(q), &institution);
	if (e == ERR_NOT_FOUND) /* left the catalogue since: to be chosen again */
		return ERR_OK;
	TRY(e);
	TRY(institution_json(q, &institution, &json));
	json_object_set_new(body, "institution", json);
	return ERR_OK;
}

static enum err
add_grants(struct req *q, json_t *body)
{
	const struct grant *grants;
	size_t count;
	json_t *list = json_object_get(body, "grants");

	TRY(grant_list(q->db, q->arena, who_unit(q), &grants, &count));
	for (size_t i = 0; i < count; i++)
		if (grants[i].operator_id == who_user(q))
			json_array_append_new(list,
			    json_string(kind_by_code(businesses, (int)grants[i].business)->wire));
	return ERR_OK;
}

static enum err
of_unit(struct req *q, json_t *body)
{
	struct unit unit = { 0 };

	TRY(add_unit(q, body, &unit));
	json_object_set_new(body, "user",
	    json_pack("{ss ss}", "name", unit.name, "account", unit.account));
	return add_institution(q, body);
}

static enum err
of_operator(struct req *q, json_t *body)
{
	struct operator o = { 0 };
	struct unit unit = { 0 };
	struct binding binding = { 0 };
	char *phone;

	TRY(operator_get(q->db, q->arena, who_user(q), &o));
	TRY(unseal_text(q, PURPOSE_OPERATOR_PHONE, o.phone_sealed, &phone));
	json_object_set_new(body, "user",
	    json_pack("{ss ss}", "name", o.name, "phone", mask_phone(q->arena, phone)));
	if (!who_unit(q))
		return ERR_OK;
	enum err e = binding_find(q->db, q->arena, who_unit(q), who_user(q), &binding);
	if (e == ERR_NOT_FOUND) /* unbound since: to be chosen again */
		return ERR_OK;
	TRY(e);
	TRY(add_unit(q, body, &unit));
	TRY(add_institution(q, body));
	return add_grants(q, body);
}

static enum err
of_officer(struct req *q, json_t *body)
{
	static const char *const levels[] = { "", "nation", "province", "local" };
	struct staff staff = { 0 };
	struct bureau bureau = { 0 };

	TRY(staff_get(q->db, q->arena, who_user(q), &staff));
	TRY(bureau_get(q->db, q->arena, staff.bureau_id, &bureau));
	json_object_set_new(body, "user",
	    json_pack("{ss ss sb sb}", "name", staff.name, "account", staff.account, "totp",
		staff.totp_sealed != NULL, "may_download", staff.may_download));
	json_object_set_new(body, "role", json_string(kind_by_code(roles, (int)who_role(q))->wire));
	json_object_set_new(body, "second_factor",
	    who_second(q) ? json_string(who_second(q)) : json_null());
	json_object_set_new(body, "bureau",
	    json_pack("{sI ss ss ss}", "id", (json_int_t)bureau.id, "name", bureau.name, "level",
		levels[bureau.level & 3], "region", bureau.region_code));
	return ERR_OK;
}

static enum err
fill(struct req *q, json_t *body)
{
	int64_t unread = 0;

	switch (who_role(q)) {
	case ROLE_NONE:
		return ERR_OK;
	case ROLE_UNIT:
		TRY(of_unit(q, body));
		break;
	case ROLE_OPERATOR:
		TRY(of_operator(q, body));
		break;
	case ROLE_OFFICER:
	case ROLE_SYSADMIN:
	case ROLE_SECADMIN:
	case ROLE_AUDITOR:
		TRY(of_officer(q, body));
		break;
	}
	TRY(message_unread(q->db, q->arena, who_role(q), who_user(q), &unread));
	json_object_set_new(body, "unread", json_integer(unread));
	return ERR_OK;
}

static const char *
kind_of(enum role role)
{
	switch (role) {
	case ROLE_NONE:
		break;
	case ROLE_UNIT:
		return "unit";
	case ROLE_OPERATOR:
		return "operator";
	case ROLE_OFFICER:
	case ROLE_SYSADMIN:
	case ROLE_SECADMIN:
	case ROLE_AUDITOR:
		return "officer";
	}
	return "none";
}

enum err
session_json(struct req *q, json_t **ret)
{
	int64_t left = q->session->created + (int64_t)q->config->session_max - q->now;
	json_t *body =
	    json_pack("{ss ss si sI sb sn sn sn sn s[] sn si}", "kind", kind_of(who_role(q)),
		"csrf", q->session->csrf, "idle_seconds", (int)q->config->session_idle,
		"absolute_seconds", (json_int_t)left, "must_change_password", who_must_change(q),
		"user", "role", "unit", "institution", "grants", "bureau", "unread", 0);
	enum err e = body ? fill(q, body) : ERR_INTERNAL;
	json_t *last = json_object_get(q->session->data, WHO_LAST_LOGIN);

	if (body)
		json_object_set(body, "last_login", last ? last : json_null());

	if (e != ERR_OK) {
		json_decref(body);
		return e;
	}
	*ret = body;
	return ERR_OK;
}
