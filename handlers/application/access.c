#include "handlers/application/access.h"

#include "handlers/common/reach.h"
#include "handlers/common/who.h"

enum err
application_of_mine(struct req *q, struct sql *db, struct application *ret)
{
	struct application app;

	TRY(application_get(db, q->arena, q->key, &app));
	if (app.unit_id != who_unit(q))
		return ERR_NOT_FOUND;
	*ret = app;
	return ERR_OK;
}

bool
application_writable(const struct req *q, const struct application *app)
{
	return who_role(q) == ROLE_OPERATOR && who_institution(q) == app->institution_id;
}

enum err
application_to_write(struct req *q, struct sql *db, int64_t version, struct application *ret)
{
	struct application app;

	TRY(application_of_mine(q, db, &app));
	if (!application_writable(q, &app))
		return refuse(q, ERR_NO_INSTITUTION,
		    "请先切换到该申请单所属的定点机构，再进行操作");
	if (app.version != version)
		return ERR_CONFLICT;
	*ret = app;
	return ERR_OK;
}

enum err
application_of_bureau(struct req *q, struct sql *db, struct application *ret)
{
	struct application app;

	TRY(application_get(db, q->arena, q->key, &app));
	if (!reach_sees(q, &app))
		return ERR_NOT_FOUND;
	*ret = app;
	return ERR_OK;
}

const char *
application_object(struct req *q, const struct application *app)
{
	return arena_printf(q->arena, "application/%s", app->number);
}
