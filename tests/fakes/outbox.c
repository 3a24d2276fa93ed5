#include "tests/fakes/outbox.h"

#include <string.h>

#include "tests/fakes/faults.h"

struct outbox outbox;

enum err
audit_write(struct sql_tx *tx, struct arena *arena, const struct deed *deed)
{
	TRY(faults_call());
	(void)tx;
	(void)arena;
	outbox.audits++;
	outbox.deed = *deed;
	return ERR_OK;
}

enum err
message_add(struct sql_tx *tx, unsigned role, int64_t user_id, const struct message *m)
{
	TRY(faults_call());
	(void)tx;
	(void)role;
	(void)user_id;
	outbox.messages++;
	outbox.message = *m;
	return ERR_OK;
}

enum err
message_add_bureau(struct sql_tx *tx, unsigned role, int64_t bureau_id, const struct message *m)
{
	return message_add(tx, role, bureau_id, m);
}

enum err
message_unread(struct sql *db, struct arena *arena, unsigned role, int64_t user_id, int64_t *ret)
{
	TRY(faults_call());
	(void)db;
	(void)arena;
	(void)role;
	(void)user_id;
	*ret = 3;
	return ERR_OK;
}

enum err
once_get(struct sql *db, struct arena *arena, const char *actor, const char *token,
    struct once *ret)
{
	TRY(faults_call());
	(void)db;
	(void)arena;
	if (!outbox.once.token || strcmp(outbox.once.token, token) != 0 ||
	    strcmp(outbox.once.actor, actor) != 0)
		return ERR_NOT_FOUND;
	*ret = outbox.once;
	return ERR_OK;
}

enum err
once_put(struct sql_tx *tx, const struct once *o, int64_t now)
{
	TRY(faults_call());
	(void)tx;
	(void)now;
	outbox.answers++;
	outbox.once = *o;
	return ERR_OK;
}

enum err
sms_add(struct sql_tx *tx, const char *template_name, const char *phone_sealed,
    const char *text_sealed, int64_t now, int64_t *ret_id)
{
	TRY(faults_call());
	(void)tx;
	(void)phone_sealed;
	(void)now;
	outbox.texts++;
	outbox.template_name = template_name;
	outbox.text_sealed = text_sealed;
	if (ret_id)
		*ret_id = outbox.texts;
	return ERR_OK;
}
