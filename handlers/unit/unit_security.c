#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "handlers/unit/unit.h"
#include "sql/account/unit.h"

struct unit_security_answer {
	bool second_factor;
};
static const struct answer_row rows[] = {
	ANSWER(struct unit_security_answer, second_factor, .about = "from the next login on"),
};
const struct answer unit_security_answer =
    ANSWER_TABLE("unit_security", struct unit_security_answer, rows);

/* Behind GATE_PROOF: the phone that gets the codes has just got one. */
enum err
unit_security(struct req *q)
{
	struct unit_security_form form = { 0 };

	TRY(form_bind(&unit_security_form, q, NULL, FORM_SUBMIT, &form));
	SQL_TX(tx, q->db);
	TRY(unit_set_second_factor(&tx, who_unit(q), form.second_factor));
	const struct unit_security_answer answer = { form.second_factor };
	return deed_done(q, &tx, DEED_UNIT_SECURITY,
	    arena_printf(q->arena, "unit/%lld", (long long)who_unit(q)),
	    form.second_factor ? "second_factor=1" : "second_factor=0", 200,
	    answer_text(q, &unit_security_answer, &answer));
}
