#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/message/message.h"
#include "handlers/rules/form/message_form.h"
#include "sql/account/operator.h"

enum err
message_sms_switch(struct req *q)
{
	struct message_sms_form form = { 0 };

	TRY(form_bind(&message_sms_form, q, NULL, FORM_SUBMIT, &form));
	SQL_TX(tx, q->db);
	TRY(operator_set_sms_off(&tx, who_user(q), !form.on));
	return deed_done(q, &tx, DEED_OPERATOR_SMS,
	    arena_printf(q->arena, "operator/%lld", (long long)who_user(q)),
	    form.on ? "on=1" : "on=0", 200, json_pack("{sb}", "sms", form.on));
}
