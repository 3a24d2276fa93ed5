#include "handlers/common/mask.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/unit/unit.h"
#include "sql/account/operator.h"
#include "sql/account/unit.h"
#include "sql/application/upload.h"
#include "sql/catalogue/institution.h"
#include "sql/catalogue/region.h"

static json_t *
task(const char *code, bool done, bool possible)
{
	return json_pack("{ss ss}", "code", code, "state",
	    done       ? "done"
	    : possible ? "todo"
		       : "wait");
}

/* What is next: 认证, 经办人, 授权, 申请 (G-2 … G-4). */
static enum err
tasks_json(struct req *q, const struct unit *unit, json_t **ret)
{
	const struct grant *grants;
	size_t count;
	int64_t operators;
	bool granted = false, applied;

	TRY(binding_count(q->db, q->arena, unit->id, &operators));
	TRY(grant_list(q->db, q->arena, unit->id, &grants, &count));
	TRY(unit_has_applied(q->db, q->arena, unit->id, &applied));
	for (size_t i = 0; i < count; i++)
		granted = granted || grants[i].business == BUSINESS_MOBILE_PAYMENT;
	bool certified = unit->certification == CERTIFICATION_PASSED;

	*ret = json_pack("[o o o o]",
	    task("certify", certified, unit->certification != CERTIFICATION_MANUAL),
	    task("operator", operators > 0, true), task("grant", granted, operators > 0),
	    task("apply", applied, certified && granted));
	return ERR_OK;
}

static enum err
licence_json(struct req *q, const struct unit *unit, json_t **ret)
{
	struct upload upload = { 0 };

	*ret = json_null();
	if (!unit->licence_upload)
		return ERR_OK;
	enum err e = upload_get(q->db, q->arena, unit->licence_upload, &upload);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	*ret = json_pack("{ss ss sI}", "id", upload.id, "name", upload.name, "size",
	    (json_int_t)upload.length);
	return ERR_OK;
}

/* The 法定代表人, masked, into `body`. */
static enum err
add_legal_person(struct req *q, const struct unit *unit, json_t *body)
{
	char *name, *id_no, *phone;

	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_NAME, unit->legal_name_sealed, &name));
	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_ID, unit->legal_id_sealed, &id_no));
	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_PHONE, unit->legal_phone_sealed, &phone));
	json_object_set_new(body, "legal_name", json_string(mask_name(q->arena, name)));
	json_object_set_new(body, "legal_id_type", json_string(unit->legal_id_type));
	json_object_set_new(body, "legal_id_no", json_string(mask_id(q->arena, id_no)));
	json_object_set_new(body, "legal_phone", json_string(mask_phone(q->arena, phone)));
	return ERR_OK;
}

/* The last second a passed certification holds, as things are now; null otherwise. */
static enum err
until_json(struct req *q, const struct unit *u, json_t **ret)
{
	const struct institution *list;
	int64_t until = u->certified_until;
	size_t count;

	*ret = json_null();
	if (u->certification != CERTIFICATION_PASSED)
		return ERR_OK;
	TRY(institution_by_uscc(q->db, q->arena, u->uscc, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (list[i].agreement_start <= q->now && list[i].agreement_end > until)
			until = list[i].agreement_end;
	*ret = json_integer(until - 1);
	return ERR_OK;
}

enum err
unit_show(struct req *q)
{
	struct unit u = { 0 };
	const char *region;
	json_t *part;

	TRY(unit_get(q->db, q->arena, who_unit(q), &u));
	TRY(region_full_name(q->db, q->arena, u.region_code, &region));
	json_auto_t *body = json_pack("{ss ss ss ss ss ss ss ss? ss ss? so}", "account", u.account,
	    "name", u.name, "kind", u.kind, "region", u.region_code, "region_name", region, "uscc",
	    u.uscc, "address", u.address, "postcode", u.postcode, "certification",
	    kind_by_code(certifications, (int)u.certification)->wire, "certification_reason",
	    u.certification_reason, "certified_at",
	    u.certified_at ? json_integer(u.certified_at) : json_null());

	TRY(add_legal_person(q, &u, body));
	TRY(licence_json(q, &u, &part));
	json_object_set_new(body, "licence", part);
	TRY(until_json(q, &u, &part));
	json_object_set_new(body, "certified_until", part);
	TRY(tasks_json(q, &u, &part));
	json_object_set_new(body, "tasks", part);
	return reply_json(q, 200, json_incref(body));
}
