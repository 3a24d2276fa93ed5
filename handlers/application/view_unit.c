#include "handlers/application/view_unit.h"

#include "fcgi/http/route.h"
#include "handlers/common/mask.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/unit.h"
#include "sql/catalogue/region.h"

#define OFFICER WHO(ROLE_OFFICER)

static const struct answer_row rows[] = {
	ANSWER(struct unit_view_answer, name),
	ANSWER(struct unit_view_answer, kind, .who = OFFICER, .words = INSTITUTION_KIND_WORDS),
	ANSWER(struct unit_view_answer, region, .who = OFFICER, .about = "code"),
	ANSWER(struct unit_view_answer, region_name, .who = OFFICER),
	ANSWER(struct unit_view_answer, uscc, .who = OFFICER),
	ANSWER(struct unit_view_answer, address, .who = OFFICER),
	ANSWER(struct unit_view_answer, postcode, .who = OFFICER, .null = true),
	ANSWER(struct unit_view_answer, legal_name, .who = OFFICER, .about = "masked"),
	ANSWER(struct unit_view_answer, legal_id_type, .who = OFFICER, .words = id_type_words),
	ANSWER(struct unit_view_answer, legal_id_no, .who = OFFICER, .about = "masked"),
	ANSWER(struct unit_view_answer, legal_phone, .who = OFFICER, .about = "masked"),
	ANSWER(struct unit_view_answer, certification, .who = OFFICER,
	    .words = certification_words),
};
const struct answer unit_view_answer = ANSWER_TABLE("unit_view", struct unit_view_answer, rows);

enum err
view_unit(struct req *q, const struct application *app, struct unit_view_answer *ret)
{
	struct unit unit;

	TRY(unit_get(q->db, q->arena, app->unit_id, &unit));
	if (who_role(q) == ROLE_OFFICER)
		return view_unit_masked(q, &unit, ret);
	*ret = (struct unit_view_answer){ .name = unit.name };
	return ERR_OK;
}

enum err
view_unit_masked(struct req *q, const struct unit *unit, struct unit_view_answer *ret)
{
	const char *region_name;
	char *name, *id, *phone;

	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_NAME, unit->legal_name_sealed, &name));
	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_ID, unit->legal_id_sealed, &id));
	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_PHONE, unit->legal_phone_sealed, &phone));
	TRY(region_full_name(q->db, q->arena, unit->region_code, &region_name));
	*ret = (struct unit_view_answer){
		.name = unit->name,
		.kind = unit->kind,
		.region = unit->region_code,
		.region_name = region_name,
		.uscc = unit->uscc,
		.address = unit->address,
		.postcode = unit->postcode,
		.legal_name = mask_name(q->arena, name),
		.legal_id_type = unit->legal_id_type,
		.legal_id_no = mask_id(q->arena, id),
		.legal_phone = mask_phone(q->arena, phone),
		.certification = kind_by_code(certifications, (int)unit->certification)->wire,
	};
	return ERR_OK;
}
