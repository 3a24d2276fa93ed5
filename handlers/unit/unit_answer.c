#include "handlers/unit/unit_answer.h"

#include "fcgi/http/route.h"
#include "handlers/common/mask.h"
#include "handlers/common/sealing.h"
#include "sql/catalogue/region.h"

static const struct answer_row rows[] = {
	UNIT_ROWS(struct unit_answer, , .who = WHO(ROLE_OFFICER)),
};
const struct answer unit_view_answer = ANSWER_TABLE("unit_view", struct unit_answer, rows);

enum err
unit_answer_fill(struct req *q, struct unit_answer *answer)
{
	const struct unit *unit = &answer->row;
	char *name, *id, *phone;

	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_NAME, unit->account, unit->legal_name_sealed, &name));
	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_ID, unit->account, unit->legal_id_sealed, &id));
	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_PHONE, unit->account, unit->legal_phone_sealed,
	    &phone));
	TRY(region_full_name(q->db, q->arena, unit->region_code, &answer->region_name));
	answer->legal_name = mask_name(q->arena, name);
	answer->legal_id_no = mask_id(q->arena, id);
	answer->legal_phone = mask_phone(q->arena, phone);
	answer->certification = kind_by_code(certifications, (int)unit->certification)->wire;
	return ERR_OK;
}
