#include <stdlib.h>
#include <string.h>

#include "fcgi/http/session.h"
#include "handlers/account/registration.h"
#include "handlers/account/registration_kept.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/form/account_form.h"

#define MEMBER "registration_typed"
#define TEXT_MAX 800 /* bytes of one answer; the longest that may be right is shorter */

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
	const char *sealed = json_string_value(json_object_get(q->session->data, MEMBER));
	char *text;

	*ret = NULL;
	if (sealed) {
		TRY(unseal_text(q, PURPOSE_SESSION_REGISTRATION, sealed, &text));
		*ret = json_loads(text, 0, NULL);
	}
	if (!*ret)
		*ret = json_object();
	return ERR_OK;
}

/* all: passes to this. */
static enum err
keep(struct req *q, json_t *all)
{
	char *text = json_dumps(all, JSON_COMPACT);

	json_decref(all);
	if (!text)
		return ERR_INTERNAL;
	json_object_set_new(q->session->data, MEMBER,
	    json_string(seal_text(q, PURPOSE_SESSION_REGISTRATION, text)));
	free(text);
	return session_save(q);
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
	return keep(q, all);
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
registration_typed_forget(struct req *q)
{
	json_object_del(q->session->data, MEMBER);
}
