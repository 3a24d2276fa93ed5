#include "handlers/admin/staff_deed.h"

#include "handlers/account/attempt.h"
#include "handlers/rules/table/kinds.h"

static enum err
disable(struct sql_tx *tx, int64_t id)
{
	return staff_set_disabled(tx, id, true);
}

static enum err
enable(struct sql_tx *tx, int64_t id)
{
	return staff_set_disabled(tx, id, false);
}

static enum err
reset_totp(struct sql_tx *tx, int64_t id)
{
	return staff_set_totp(tx, id, NULL);
}

static const struct {
	enum deed audited;
	enum err (*run)(struct sql_tx *tx, int64_t id);
} deeds[] = {
	[STAFF_DISABLE] = { DEED_STAFF_DISABLE, disable },
	[STAFF_ENABLE] = { DEED_STAFF_ENABLE, enable },
	[STAFF_TOTP_RESET] = { DEED_STAFF_TOTP_RESET, reset_totp },
};

enum deed
staff_deed_audited(enum staff_deed deed)
{
	return deeds[deed].audited;
}

const char *
staff_object(struct req *q, const struct staff *who)
{
	return arena_printf(q->arena, "staff/%s", who->account);
}

enum err
staff_spare(struct req *q, struct sql_tx *tx, const struct staff *who)
{
	bool other;

	if (who->role != ROLE_SECADMIN || who->disabled)
		return ERR_OK;
	TRY(staff_has_other(tx, q->arena, ROLE_SECADMIN, who->id, &other));
	return other ? ERR_OK
		     : refuse(q, ERR_CONFLICT, "这是最后一名在用的安全管理员，请先增加另一名");
}

enum err
staff_deed_run(struct req *q, struct sql_tx *tx, enum staff_deed deed, const struct staff *who)
{
	if (deed == STAFF_DISABLE)
		TRY(staff_spare(q, tx, who));
	TRY(deeds[deed].run(tx, who->id));
	return deed == STAFF_DISABLE ? ERR_OK : attempt_forget(q, tx, ROLE_OFFICER, who->id);
}
