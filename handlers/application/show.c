#include "handlers/application/access.h"
#include "handlers/application/application.h"
#include "handlers/application/view.h"

enum err
application_show(struct req *q)
{
	struct application app;
	struct application_answer answer;

	TRY(application_of_mine(q, q->db, &app));
	TRY(view_fill(q, &app, &answer));
	return reply(q, 200, &application_answer, &answer);
}
