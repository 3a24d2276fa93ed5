#include "handlers/application/access.h"
#include "handlers/application/view.h"
#include "handlers/review/review.h"

enum err
review_show(struct req *q)
{
	struct application app;
	json_t *body;

	TRY(application_of_bureau(q, q->db, &app));
	TRY(view_json(q, &app, &body));
	return reply_json(q, 200, body);
}
