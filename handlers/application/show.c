#include "handlers/application/access.h"
#include "handlers/application/application.h"
#include "handlers/application/view.h"

enum err
application_show(struct req *q)
{
	struct application app;
	json_t *body;

	TRY(application_of_mine(q, q->db, &app));
	TRY(view_json(q, &app, &body));
	return reply_json(q, 200, body);
}
