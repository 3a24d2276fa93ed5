#include "handlers/account/registration_kept.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/http/session.h"
#include "handlers/account/registration.h"
#include "handlers/common/sealing.h"

#define STEP_1 "registration"
#define TYPED "registration_typed"
#define TEXT_MAX 800 /* bytes of one answer; the longest that may be right is shorter */

/* all: passes to this. Saves the session. */
static enum err
keep(struct req *q, const char *member, json_t *all)
{
	char *text = json_dumps(all, JSON_COMPACT);

	json_decref(all);
	if (!text)
		return ERR_INTERNAL;
	json_object_set_new(q->session->data, member,
	    json_string(seal_text(q, PURPOSE_SESSION_REGISTRATION, NULL, text)));
	free(text);
	return session_save(q);
}

/* *ret is the caller's; NULL: there is none. */
static enum err
kept(struct req *q, const char *member, json_t **ret)
{
	const char *sealed = json_string_value(json_object_get(q->session->data, member));
	char *text;

	*ret = NULL;
	if (!sealed)
		return ERR_OK;
	TRY(unseal_text(q, PURPOSE_SESSION_REGISTRATION, NULL, sealed, &text));
	*ret = json_loads(text, 0, NULL);
	return *ret ? ERR_OK : ERR_INTERNAL;
}

/* ---- step 1, as it was accepted ---------------------------------------------- */

enum err
registration_keep(struct req *q, const struct registration *r)
{
	return keep(q, STEP_1,
	    json_pack("{so ss}", "unit", form_dump(&register_unit_form, &r->unit), "password",
		r->password));
}

enum err
registration_load(struct req *q, struct registration *ret, bool *ret_found)
{
	struct field_errors errors = { 0 };
	struct registration r = { 0 };
	json_auto_t *all = NULL;

	*ret_found = false;
	TRY(kept(q, STEP_1, &all));
	if (!all)
		return ERR_OK;
	const char *password = json_string_value(json_object_get(all, "password"));
	if (!password)
		return ERR_INTERNAL;
	/* a table that changed since may refuse it: then it is asked for again */
	if (form_read(&register_unit_form, json_object_get(all, "unit"), NULL, FORM_DRAFT, q->arena,
		&errors, &r.unit) != ERR_OK)
		return ERR_OK;
	r.password = arena_printf(q->arena, "%s", password);
	*ret = r;
	*ret_found = true;
	return ERR_OK;
}

/* ---- either step, as it was typed --------------------------------------------- */

static bool
is_secret(const struct field *field)
{
	return field->secret ||
	       (field->autocomplete && strcmp(field->autocomplete, "one-time-code") == 0);
}

/* What may be sent back to the page: answers to the form's questions, no secrets, right or not. */
static json_t *
answers(const struct form *form, const json_t *input)
{
	json_t *kept = json_object();

	for (size_t i = 0; i < form->count; i++) {
		json_t *value = json_object_get(input, form->fields[i].name);
		bool text = json_is_string(value) && json_string_length(value) <= TEXT_MAX;

		if (!is_secret(&form->fields[i]) && (text || json_is_boolean(value)))
			json_object_set(kept, form->fields[i].name, value);
	}
	return kept;
}

enum err
registration_typed(struct req *q, json_t **ret)
{
	TRY(kept(q, TYPED, ret));
	if (!*ret)
		*ret = json_object();
	return ERR_OK;
}

enum err
registration_typed_put(struct req *q, const char *step, json_t *typed)
{
	json_t *all;
	enum err e = registration_typed(q, &all);

	if (e != ERR_OK) {
		json_decref(typed);
		return e;
	}
	json_object_del(all, step);
	if (typed)
		json_object_set_new(all, step, typed);
	return keep(q, TYPED, all);
}

static enum err
keep_step(struct req *q, const char *step, const struct form *form)
{
	TRY(registration_typed_put(q, step, answers(form, q->input)));
	return reply_empty(q, 204);
}

enum err
registration_unit_typed(struct req *q)
{
	return keep_step(q, "unit", &register_unit_form);
}

enum err
registration_operator_typed(struct req *q)
{
	return keep_step(q, "operator", &register_operator_form);
}

void
registration_forget(struct req *q)
{
	json_object_del(q->session->data, STEP_1);
	json_object_del(q->session->data, TYPED);
	(void)!session_save(q);
}
