#include "tests/fakes/notice_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sql/record/sms_ceiling.h"
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
message_add_bureau(struct sql_tx *tx, unsigned role, int64_t bureau_id, const char *region_code,
    const struct message *m)
{
	(void)region_code;
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
	(void)now;
	TRY(fake_call());
	if (strcmp(fake_notices.spent, index) == 0)
		return ERR_EXISTS;
	snprintf(fake_notices.spent, sizeof(fake_notices.spent), "%s", index);
	return ERR_OK;
}

static int64_t
left_of(const struct sms_ceiling *c, int64_t now)
{
	int64_t found = 0;

	for (size_t i = fake_notices.ncounted; i-- > 0;)
		if (strcmp(fake_notices.counted[i].subject, c->subject) == 0 &&
		    fake_notices.counted[i].at > now - c->window && ++found == c->most)
			return fake_notices.counted[i].at + c->window - now;
	return 0;
}

enum err
sms_ceiling_take(struct sql_tx *tx, struct arena *arena, const struct sms_ceiling *list,
    size_t count, int64_t now, int64_t *ret_left)
{
	(void)tx;
	(void)arena;
	TRY(fake_call());
	for (size_t i = 0; i < count; i++) {
		*ret_left = left_of(&list[i], now);
		if (*ret_left > 0)
			return ERR_OK;
	}
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && strcmp(list[i].subject, list[i - 1].subject) == 0)
			continue;
		if (fake_notices.ncounted == FAKE_COUNTED_MAX)
			abort(); /* raise FAKE_COUNTED_MAX */
		strncpy(fake_notices.counted[fake_notices.ncounted].subject, list[i].subject, 64);
		fake_notices.counted[fake_notices.ncounted++].at = now;
	}
	return ERR_OK;
}
