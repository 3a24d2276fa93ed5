#include "handlers/account/own_password.h"

#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "sql/account/operator.h"
#include "sql/account/staff.h"
#include "sql/account/unit.h"

static enum err
of_unit(struct req *q, struct own_password *ret)
{
	struct unit unit = { 0 };

	TRY(unit_get(q->db, q->arena, who_user(q), &unit));
	*ret = (struct own_password){ unit.password, { unit.account, unit.uscc, NULL } };
	return ERR_OK;
}

static enum err
of_operator(struct req *q, struct own_password *ret)
{
	struct operator o = { 0 };
	char *phone;

	TRY(operator_get(q->db, q->arena, who_user(q), &o));
	TRY(unseal_text(q, PURPOSE_OPERATOR_PHONE, row_number(q, o.id), o.phone_sealed, &phone));
	*ret = (struct own_password){ o.password, { phone, NULL } };
	return ERR_OK;
}

static enum err
of_staff(struct req *q, struct own_password *ret)
{
	struct staff staff = { 0 };

	TRY(staff_get(q->db, q->arena, who_user(q), &staff));
	*ret = (struct own_password){ staff.password, { staff.account, NULL } };
	return ERR_OK;
}

enum err
own_password_get(struct req *q, struct own_password *ret)
{
	switch (who_role(q)) {
	case ROLE_UNIT:
		return of_unit(q, ret);
	case ROLE_OPERATOR:
		return of_operator(q, ret);
	case ROLE_OFFICER:
	case ROLE_SYSADMIN:
	case ROLE_SECADMIN:
	case ROLE_AUDITOR:
		return of_staff(q, ret);
	case ROLE_NONE:
		break;
	}
	return ERR_UNAUTHENTICATED;
}

enum err
own_password_set(struct req *q, struct sql_tx *tx, const char *hash)
{
	switch (who_role(q)) {
	case ROLE_UNIT:
		return unit_set_password(tx, who_user(q), hash);
	case ROLE_OPERATOR:
		return operator_set_password(tx, who_user(q), hash, 0);
	case ROLE_OFFICER:
	case ROLE_SYSADMIN:
	case ROLE_SECADMIN:
	case ROLE_AUDITOR:
		return staff_set_password(tx, who_user(q), hash, q->now);
	case ROLE_NONE:
		break;
	}
	return ERR_UNAUTHENTICATED;
}
