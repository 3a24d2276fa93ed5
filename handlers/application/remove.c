#include "handlers/application/access.h"
#include "handlers/application/application.h"
#include "handlers/common/deed.h"

enum err
application_remove(struct req *q)
{
	struct application app;

	TRY(application_of_mine(q, q->db, &app));
	TRY(application_to_write(q, q->db, app.version, &app));
	if (app.state != STATE_DRAFT)
		return ERR_WRONG_STATE;

	SQL_TX(tx, q->db);
	TRY(application_delete(&tx, app.id, app.version));
	return deed_done(q, &tx, DEED_APPLICATION_DELETE, application_object(q, &app), "", 204,
	    NULL);
}
