#include "handlers/account/owner.h"

#include "fcgi/base/time.h"
#include "fcgi/http/network.h"
#include "handlers/account/device.h"
#include "handlers/common/sealing.h"
#include "sql/account/known_device.h"
#include "sql/account/unit.h"

static const char *
now_text(struct req *q)
{
	struct tm tm = time_shanghai(q->now);
	char text[20];

	strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &tm);
	return arena_printf(q->arena, "%s", text);
}

static enum err
tell_unit(struct req *q, struct sql_tx *tx, int64_t unit_id, enum notice notice,
    const char *const arguments[4])
{
	struct unit unit = { 0 };
	char *phone;

	TRY(notify_file(q, tx, ROLE_UNIT, unit_id, notice, NULL, arguments));
	TRY(unit_get(tx->db, q->arena, unit_id, &unit));
	if (unit.certification != CERTIFICATION_PASSED)
		return ERR_OK;
	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_PHONE, unit.account, unit.legal_phone_sealed,
	    &phone));
	return notify_sms(q, tx, notice, phone, arguments);
}

enum err
owner_tell(struct req *q, struct sql_tx *tx, enum role role, int64_t user_id, enum notice notice)
{
	const char *const arguments[4] = { now_text(q) };

	if (role == ROLE_OPERATOR)
		return notify_operator(q, tx, user_id, notice, NULL, arguments);
	if (role == ROLE_UNIT)
		return tell_unit(q, tx, user_id, notice, arguments);
	return notify_file(q, tx, role, user_id, notice, NULL, arguments);
}

enum err
owner_tell_device(struct req *q, struct sql_tx *tx, enum role role, int64_t user_id)
{
	struct known_device known = { 0 };

	TRY(known_device_get(tx->db, q->arena, role, user_id, device_of(q),
	    network_of(q->arena, q->address), &known));
	if (known.browser || !known.any)
		return ERR_OK;
	return owner_tell(q, tx, role, user_id, NOTICE_NEW_DEVICE);
}
