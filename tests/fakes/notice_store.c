#include "tests/fakes/notice_store.h"

#include "tests/fakes/sql.h"

struct fake_notices fake_notices;

enum err
message_add(struct sql_tx *tx, unsigned role, int64_t user_id, const struct message *m)
{
	(void)tx;
	TRY(fake_call());
	fake_notices.messages++;
	fake_notices.role = role;
	fake_notices.user_id = user_id;
	fake_notices.message = *m;
	return ERR_OK;
}

enum err
message_add_bureau(struct sql_tx *tx, unsigned role, int64_t bureau_id, const struct message *m)
{
	TRY(message_add(tx, role, 0, m));
	fake_notices.bureau_id = bureau_id;
	return ERR_OK;
}

enum err
message_add_operators(struct sql_tx *tx, unsigned role, int64_t unit_id, const struct message *m)
{
	(void)unit_id;
	return message_add(tx, role, 0, m);
}

enum err
sms_add(struct sql_tx *tx, const struct sms_message *sms, int64_t *ret_id)
{
	(void)tx;
	TRY(fake_call());
	fake_notices.sms++;
	fake_notices.text = *sms;
	fake_notices.text.id = 1;
	fake_notices.text.state = SMS_WAITING;
	if (ret_id)
		*ret_id = 1;
	return ERR_OK;
}

enum err
sms_budget(struct sql_tx *tx, int64_t day, int64_t most, bool *ret_within)
{
	(void)tx;
	(void)day;
	TRY(fake_call());
	*ret_within = fake_notices.sms < most;
	return ERR_OK;
}

enum err
sms_code_spend(struct sql_tx *tx, const char *index, int64_t now)
{
	(void)tx;
	(void)index;
	(void)now;
	return fake_call();
}
