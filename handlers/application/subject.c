#include "handlers/application/subject.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm.h"
#include "handlers/rules/table/dictionary.h"
#include "sql/application/application_list.h"
#include "sql/catalogue/official_channel.h"

static enum err
refuse_choice(struct req *q, const char *field, const char *text)
{
	(void)!form_refuse(&application_form, &q->errors, field, text);
	return ERR_OK;
}

static enum err
official(struct req *q, struct sql *db, const struct application_form *f, struct subject *ret)
{
	struct official_channel row;
	enum err e = official_channel_get(db, q->arena, f->official_channel, &row);

	if (e == ERR_NOT_FOUND ||
	    (e == ERR_OK && (!row.active || !f->channel || strcmp(row.channel, f->channel) != 0)))
		return refuse_choice(q, "official_channel",
		    "该官方渠道不属于所选的接入渠道，请重新选择");
	TRY(e);
	ret->shown_app_name = ret->third_channel = row.name;
	return ERR_OK;
}

static enum err
existing(struct req *q, struct sql *db, const struct application *app,
    const struct application_form *f, struct subject *ret)
{
	struct existing_app row;
	enum err e = application_existing_get(db, q->arena, app->unit_id, app->institution_id,
	    f->existing_app, &row);

	if (e == ERR_NOT_FOUND)
		return refuse_choice(q, "existing_app",
		    "该应用已不可选择，请重新选择已申请过的应用");
	TRY(e);
	ret->shown_app_name = row.name;
	ret->app_type = row.type;
	return ERR_OK;
}

enum err
subject_of(struct req *q, struct sql *db, const struct application *app,
    const struct application_form *f, struct subject *ret)
{
	*ret = (struct subject){ NULL, NULL, NULL };
	if (!f->business_type)
		return ERR_OK;
	if (strcmp(f->business_type, BUSINESS_TYPE_MIXED) == 0) {
		ret->shown_app_name = app->institution_name; /* */
		return ERR_OK;
	}
	if (f->official_channel)
		return official(q, db, f, ret);
	if (f->existing_app)
		return existing(q, db, app, f, ret);
	ret->shown_app_name = f->app_name;
	ret->app_type = f->app_type;
	return ERR_OK;
}

/* One text per thing that only one running application may be about, hashed to a fixed size. */
static const char *
sole(struct req *q, const struct application *app, const struct application_form *f,
    const struct subject *s)
{
	unsigned char digest[SM3_SIZE];
	const char *text =
	    arena_printf(q->arena, "%lld\n%s\n%s\n%s", (long long)app->institution_id,
		f->business_type, f->channel ? f->channel : "", s->shown_app_name);

	sm3(text, strlen(text), digest);
	return bytes_hex(q->arena, digest, sizeof(digest));
}

enum err
subject_claim(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct application_form *f, const struct subject *s)
{
	bool own_new = f->app_source && strcmp(f->app_source, APP_SOURCE_OWN_NEW) == 0;
	bool taken = false;

	/* first, as it locks the institution's rows: two claims wait for one another in order */
	if (own_new)
		TRY(application_name_taken(tx, q->arena, app->unit_id, app->institution_id,
		    f->app_name, app->id, &taken));
	enum err e = application_name(tx, app->id, s->shown_app_name, s->third_channel, s->app_type,
	    sole(q, app, f, s));
	if (e == ERR_EXISTS)
		return refuse(q, ERR_EXISTS,
		    "本机构已有相同业务类型和应用的申请单正在办理，请先弃用该申请单，再提交新的申请"
		    "单");
	TRY(e);
	if (taken)
		return form_refuse(&application_form, &q->errors, "app_name",
		    "该应用名称已申请过，请改选“自有渠道（已有）”，或填写其他名称");
	return ERR_OK;
}
