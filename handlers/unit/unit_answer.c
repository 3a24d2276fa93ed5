#include "handlers/unit/unit_answer.h"

#include "fcgi/crypto/keyring.h"
#include "handlers/common/mask.h"
#include "sql/catalogue/region.h"

enum err
unit_answer_read(struct req *q, const struct unit *unit, struct unit_answer *ret)
{
	struct unit_answer answer = { .row = *unit };
	char *name, *id, *phone;

	TRY(keyring_unseal(q->keyring, q->arena, "unit.legal_name", unit->legal_name_sealed,
	    &name));
	TRY(keyring_unseal(q->keyring, q->arena, "unit.legal_id", unit->legal_id_sealed, &id));
	TRY(keyring_unseal(q->keyring, q->arena, "unit.legal_phone", unit->legal_phone_sealed,
	    &phone));
	TRY(region_full_name(q->db, q->arena, unit->region_code, &answer.region_name));
	answer.legal_name = mask_name(q->arena, name);
	answer.legal_id_no = mask_id(q->arena, id);
	answer.legal_phone = mask_phone(q->arena, phone);
	answer.certification = kind_by_code(certifications, (int)unit->certification)->wire;
	*ret = answer;
	return ERR_OK;
}
