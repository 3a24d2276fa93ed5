#include "handlers/application/answers.h"

#include <string.h>

#include "handlers/application/files.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/site/dictionaries.h"

static enum err
opened(struct req *q, enum purpose purpose, const char *sealed, const char **ret)
{
	char *text;

	TRY(unseal_text(q, purpose, sealed, &text));
	*ret = text;
	return ERR_OK;
}

/* "self meituan" -> its codes. */
static struct text_list
split(struct arena *arena, const char *text)
{
	struct text_list list = { NULL, 0 };
	const char **items;

	if (!text || !*text)
		return list;
	char *rest = arena_strndup(arena, text, strlen(text));
	items = arena_alloc(arena, (strlen(text) / 2 + 1) * sizeof(*items));
	for (char *word; (word = strsep(&rest, " "));)
		if (*word)
			items[list.count++] = word;
	list.items = items;
	return list;
}

static const char *
joined(struct arena *arena, const struct text_list *list)
{
	const char *text = NULL;

	for (size_t i = 0; i < list->count; i++)
		text = text ? arena_printf(arena, "%s %s", text, list->items[i]) : list->items[i];
	return text;
}

static enum err
application_form_of(struct req *q, const struct application_answers *a, struct application_form *f)
{
	bool own_new = a->app_source && strcmp(a->app_source, APP_SOURCE_OWN_NEW) == 0;

	*f = (struct application_form){
		.business_type = a->business_type,
		.channel = a->channel,
		.app_source = a->app_source,
		.official_channel = a->official_channel,
		.existing_app = a->existing_app,
		.app_name = a->app_name,
		/* of an existing application it is known, not asked */
		.app_type = own_new ? a->app_type : NULL,
		.purchase_channels = split(q->arena, a->purchase_channels),
		.purchase_other = a->purchase_other,
		.contact_name = a->contact_name,
		.contact_email = a->contact_email,
		.remark = a->remark,
	};
	return opened(q, PURPOSE_APPLICATION_CONTACT_PHONE, a->contact_phone_sealed,
	    &f->contact_phone);
}

static enum err
acceptance_form_of(struct req *q, const struct acceptance_answers *a, struct acceptance_form *f)
{
	*f = (struct acceptance_form){
		.order_no = a->order_no,
		.proof = a->proof,
		.auth_code = a->auth_code,
		.tester_id_type = a->tester_id_type,
	};
	TRY(opened(q, PURPOSE_APPLICATION_TESTER_NAME, a->tester_name_sealed, &f->tester_name));
	return opened(q, PURPOSE_APPLICATION_TESTER_ID, a->tester_id_sealed, &f->tester_id_no);
}

enum err
answers_load(struct req *q, struct sql *db, const struct application *app,
    struct stored_answers *ret)
{
	struct application_answers application;
	struct acceptance_answers acceptance = { 0 };

	TRY(application_answers_get(db, q->arena, app->id, &application));
	if (app->acceptance_saved_at)
		TRY(acceptance_answers_get(db, q->arena, app->id, &acceptance));
	TRY(application_files(db, q->arena, app->id, &ret->files, &ret->nfiles));
	TRY(application_form_of(q, &application, &ret->application));
	TRY(acceptance_form_of(q, &acceptance, &ret->acceptance));
	files_fill(&application_form, &ret->application, ret->files, ret->nfiles);
	files_fill(&acceptance_form, &ret->acceptance, ret->files, ret->nfiles);
	return ERR_OK;
}

void
application_answers_of(struct req *q, const struct application_form *f,
    struct application_answers *ret)
{
	*ret = (struct application_answers){
		.business_type = f->business_type,
		.channel = f->channel,
		.app_source = f->app_source,
		.official_channel = f->official_channel,
		.existing_app = f->existing_app,
		.app_name = f->app_name,
		.app_type = f->app_type,
		.purchase_channels = joined(q->arena, &f->purchase_channels),
		.purchase_other = f->purchase_other,
		.contact_name = f->contact_name,
		.contact_phone_sealed =
		    seal_text(q, PURPOSE_APPLICATION_CONTACT_PHONE, f->contact_phone),
		.contact_email = f->contact_email,
		.remark = f->remark,
	};
}

void
acceptance_answers_of(struct req *q, const struct acceptance_form *f,
    struct acceptance_answers *ret)
{
	*ret = (struct acceptance_answers){
		.order_no = f->order_no,
		.proof = f->proof,
		.auth_code = f->auth_code,
		.tester_name_sealed = seal_text(q, PURPOSE_APPLICATION_TESTER_NAME, f->tester_name),
		.tester_id_type = f->tester_id_type,
		.tester_id_sealed = seal_text(q, PURPOSE_APPLICATION_TESTER_ID, f->tester_id_no),
	};
}

json_t *
answer_texts(const struct application *app, const json_t *answers)
{
	bool official = json_object_get(answers, "official_channel") != NULL;
	bool existing = json_object_get(answers, "existing_app") != NULL;

	return json_pack("{ss* ss* ss*}", "official_channel", official ? app->shown_app_name : NULL,
	    "existing_app", existing ? app->shown_app_name : NULL, "app_type",
	    dictionaries_text("app_type", app->app_type));
}

const char *
application_variant(const struct application *app)
{
	return institution_kind(app->institution_code);
}

const char *
acceptance_variant(struct req *q, const struct application *app)
{
	if (!app->business_type)
		return NULL;
	return arena_printf(q->arena, "%s_%s", institution_kind(app->institution_code),
	    app->business_type);
}

enum err
answers_judge(struct req *q, const struct form *form, const void *stored, const char *variant,
    int64_t unit_id, void *ret)
{
	enum err e = form_check(form, stored, variant, FORM_SUBMIT, q->arena, &q->errors, ret);

	if (e != ERR_INVALID)
		TRY(e);
	return files_check(q, form, ret, unit_id);
}
