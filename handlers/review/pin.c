#include <string.h>

#include "handlers/application/access.h"
#include "handlers/application/answers.h"
#include "handlers/application/filing.h"
#include "handlers/application/view_records.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/review/claim.h"
#include "handlers/review/draft.h"
#include "handlers/rules/form/review_form.h"
#include "sql/application/application_pin.h"

/* What a place in a file of this type is; PIN_WHOLE: it has none. */
static enum pin_kind
places_of(const char *type)
{
	if (type && strcmp(type, "application/pdf") == 0)
		return PIN_PAGE;
	return type && strcmp(type, "video/mp4") == 0 ? PIN_SECOND : PIN_WHOLE;
}

/* A row of the form on the desk that was asked when it was filed. */
static enum err
check_field(struct req *q, const struct application *app, const json_t *filed, const char *name)
{
	bool apply = state_phase((enum state)app->state) == PHASE_APPLY;
	const struct form *form = apply ? &application_form : &acceptance_form;
	const char *variant = apply ? application_variant(app) : acceptance_variant(q, app);
	const struct field *field = form_field(form, name);

	if (!field || (field->control && strcmp(field->control, "hidden") == 0) ||
	    !form_asks(form, field, json_object_get(filed, "answers"), variant, q->arena))
		return form_refuse(&pin_form, &q->errors, "field", NULL);
	return ERR_OK;
}

static enum err
check_place(struct req *q, const json_t *filed, const struct pin_form *in,
    struct application_pin *pin)
{
	const json_t *file = json_object_get(json_object_get(filed, "files"), in->field);

	if (in->place == 0)
		return ERR_OK;
	pin->kind = places_of(json_string_value(json_object_get(file, "type")));
	pin->place = in->place;
	if (pin->kind == PIN_WHOLE)
		return form_refuse(&pin_form, &q->errors, "place", "此项没有页码，请直接填写批注");
	return ERR_OK;
}

/* What the body says, judged by what was filed; the application is held by tx. */
static enum err
read_pin(struct req *q, struct sql_tx *tx, struct application *ret_app, struct application_pin *ret)
{
	struct pin_form in = { 0 };
	json_auto_t *filed = NULL;

	TRY(form_bind(&pin_form, q, NULL, FORM_SUBMIT, &in));
	TRY(claim_hold(q, tx, ret_app));
	TRY(claim_check(q, tx->db, ret_app));
	TRY(filing_last(q, tx->db, ret_app->id, state_phase((enum state)ret_app->state), &filed));
	*ret = (struct application_pin){
		.staff_id = who_user(q),
		.field = in.field,
		.text = in.text,
		.created_at = q->now,
	};
	TRY(check_field(q, ret_app, filed, in.field));
	return check_place(q, filed, &in, ret);
}

static const char *
pin_text(const struct req *q, const struct application_pin *pin)
{
	const struct pin_answer answer = view_pin(pin);

	return answer_text(q, &pin_answer, &answer);
}

enum err
pin_add(struct req *q)
{
	struct application app;
	struct application_pin pin;
	const struct application_pin *drafts;
	size_t count;

	SQL_TX(tx, q->db);
	TRY(read_pin(q, &tx, &app, &pin));
	TRY(application_pin_drafts(tx.db, q->arena, app.id, who_user(q), &drafts, &count));
	if (count >= APPLICATION_PINS_MAX)
		return refuse(q, ERR_CONFLICT, "批注已达 100 条，请合并后再添加");
	TRY(application_pin_add(&tx, app.id, &pin, &pin.id));
	return deed_done(q, &tx, DEED_APPLICATION_PIN, application_object(q, &app),
	    arena_printf(q->arena, "field=%s place=%lld", pin.field, (long long)pin.place), 201,
	    pin_text(q, &pin));
}

enum err
pin_change(struct req *q)
{
	struct application app;
	struct application_pin pin;

	SQL_TX(tx, q->db);
	TRY(read_pin(q, &tx, &app, &pin));
	pin.id = q->id;
	TRY(application_pin_change(&tx, app.id, &pin));
	return deed_done(q, &tx, DEED_APPLICATION_PIN, application_object(q, &app),
	    arena_printf(q->arena, "field=%s place=%lld", pin.field, (long long)pin.place), 200,
	    pin_text(q, &pin));
}

enum err
pin_remove(struct req *q)
{
	struct application app;

	SQL_TX(tx, q->db);
	TRY(claim_hold(q, &tx, &app));
	TRY(claim_check(q, tx.db, &app));
	TRY(application_pin_delete(&tx, app.id, who_user(q), q->id));
	return deed_done(q, &tx, DEED_APPLICATION_UNPIN, application_object(q, &app), "", 204,
	    NULL);
}
