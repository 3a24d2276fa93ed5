#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/message/message.h"
#include "handlers/rules/form/message_form.h"
#include "sql/account/operator.h"

struct message_sms_answer {
	bool sms;
};
static const struct answer_row rows[] = {
	ANSWER(struct message_sms_answer, sms, .about = "whether notices come by SMS from now on"),
};
const struct answer message_sms_answer =
    ANSWER_TABLE("message_sms_switch", struct message_sms_answer, rows);

enum err
message_sms_switch(struct req *q)
{
	struct message_sms_form form = { 0 };

	TRY(form_bind(&message_sms_form, q, NULL, FORM_SUBMIT, &form));
	SQL_TX(tx, q->db);
	TRY(operator_set_sms_off(&tx, who_user(q), !form.on));
	const struct message_sms_answer answer = { form.on };
	return deed_done(q, &tx, DEED_OPERATOR_SMS,
	    arena_printf(q->arena, "operator/%lld", (long long)who_user(q)),
	    form.on ? "on=1" : "on=0", 200, answer_text(q, &message_sms_answer, &answer));
}
