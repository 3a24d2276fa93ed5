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
sms_add(struct sql_tx *tx, const char *template_name, const char *phone_sealed,
    const char *text_sealed, int64_t now, int64_t *ret_id)
{
	(void)tx;
	(void)now;
	TRY(fake_call());
	fake_notices.sms++;
	fake_notices.text = (struct sms_message){ .id = 1,
		.template_name = template_name,
		.phone_sealed = phone_sealed,
		.text_sealed = text_sealed,
		.state = SMS_WAITING };
	if (ret_id)
		*ret_id = 1;
	return ERR_OK;
}
