#include "handlers/application/view_unit.h"

#include "handlers/common/mask.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/unit.h"
#include "sql/catalogue/region.h"

enum err
view_unit(struct req *q, const struct application *app, json_t **ret)
{
	struct unit unit;

	TRY(unit_get(q->db, q->arena, app->unit_id, &unit));
	if (who_role(q) == ROLE_OFFICER)
		return view_unit_masked(q, &unit, ret);
	*ret = json_pack("{ss}", "name", unit.name);
	return ERR_OK;
}

enum err
view_unit_masked(struct req *q, const struct unit *unit, json_t **ret)
{
	const char *region_name;
	char *name, *id, *phone;

	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_NAME, unit->legal_name_sealed, &name));
	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_ID, unit->legal_id_sealed, &id));
	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_PHONE, unit->legal_phone_sealed, &phone));
	TRY(region_full_name(q->db, q->arena, unit->region_code, &region_name));
	*ret = json_pack("{ss ss ss ss ss ss ss? ss ss ss ss ss}", "name", unit->name, "kind",
	    unit->kind, "region", unit->region_code, "region_name", region_name, "uscc", unit->uscc,
	    "address", unit->address, "postcode", unit->postcode, "legal_name",
	    mask_name(q->arena, name), "legal_id_type", unit->legal_id_type, "legal_id_no",
	    mask_id(q->arena, id), "legal_phone", mask_phone(q->arena, phone), "certification",
	    kind_by_code(certifications, (int)unit->certification)->wire);
	return *ret ? ERR_OK : ERR_INTERNAL;
}
