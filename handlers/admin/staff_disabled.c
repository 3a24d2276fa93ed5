#include "fcgi/http/session.h"
#include "handlers/admin/staff.h"
#include "handlers/admin/staff_deed.h"
#include "handlers/admin/staff_person.h"
#include "handlers/common/deed.h"
#include "handlers/rules/form/admin_form.h"

enum err
staff_disable_set(struct req *q)
{
	struct staff_reason_form in = { 0 };
	struct staff who;

	TRY(staff_other(q, &who));
	TRY(form_bind(&staff_disable_form, q, NULL, FORM_SUBMIT, &in));
	SQL_TX(tx, q->db);
	TRY(staff_deed_run(q, &tx, STAFF_DISABLE, &who));
	TRY(deed_done(q, &tx, staff_deed_audited(STAFF_DISABLE), staff_object(q, &who),
	    arena_printf(q->arena, "reason=%s", in.reason), 204, NULL));
	/* refused anyway: sql/account/standing.h */
	(void)!session_end_all(q, who.role, who.id, NULL, 0, NULL);
	return ERR_OK;
}
