#include "handlers/acceptance/tester.h"

#include <string.h>

#include "handlers/rules/check/format.h"

void
tester_check(struct req *q, struct acceptance_form *form)
{
	if (!form->tester_id_no || !form->tester_id_type)
		return;
	if (!id_number_valid(form->tester_id_type, form->tester_id_no))
		(void)!form_refuse(&acceptance_form, &q->errors, "tester_id_no", NULL);
	form->tester_id_no =
	    format_upper(arena_strndup(q->arena, form->tester_id_no, strlen(form->tester_id_no)));
}
