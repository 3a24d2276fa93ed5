#include "handlers/common/who.h"
#include "handlers/message/message.h"
#include "handlers/rules/form/message_form.h"
#include "sql/record/message.h"

/* No deed: that someone read his messages is nobody else's business. */
enum err
message_mark_read(struct req *q)
{
	struct message_form form = { 0 };

	TRY(form_bind(&message_form, q, NULL, FORM_SUBMIT, &form));
	SQL_TX(tx, q->db);
	TRY(message_read(&tx, (unsigned)who_role(q), who_user(q), form.id, q->now));
	TRY(sql_commit(&tx));
	return reply_empty(q, 204);
}
