#include "handlers/account/registration_accepted.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/http/config.h"
#include "handlers/common/sealing.h"

const char *
registration_accept(struct req *q, const struct register_unit_form *form)
{
	json_auto_t *all =
	    json_pack("{sI so ss}", "until", (json_int_t)(q->now + (int64_t)q->config->session_max),
		"unit", form_dump(&register_unit_form, form), "password", form->password);
	char *text = json_dumps(all, JSON_COMPACT);

	if (!text)
		abort(); /* out of memory: all of it went through the form's table */
	const char *sealed = seal_text(q, PURPOSE_REGISTRATION_UNIT, NULL, text);
	explicit_bzero(text, strlen(text));
	free(text);
	return sealed;
}

enum err
registration_accepted(struct req *q, const char *sealed, struct register_unit_form *ret,
    bool *ret_good)
{
	struct field_errors errors = { 0 };
	struct register_unit_form form = { 0 };
	char *text;

	*ret_good = false;
	if (unseal_text(q, PURPOSE_REGISTRATION_UNIT, NULL, sealed, &text) != ERR_OK)
		return ERR_OK; /* made up, or its key is out of use */
	json_auto_t *all = json_loads(text, 0, NULL);
	explicit_bzero(text, strlen(text));
	const char *password = json_string_value(json_object_get(all, "password"));
	if (!password)
		return ERR_INTERNAL;
	/* a table that changed since may refuse it: then it is asked for again */
	if (json_integer_value(json_object_get(all, "until")) < q->now ||
	    form_read(&register_unit_form, json_object_get(all, "unit"), NULL, FORM_DRAFT, q->arena,
		&errors, &form) != ERR_OK)
		return ERR_OK;
	form.password = arena_printf(q->arena, "%s", password);
	*ret = form;
	*ret_good = true;
	return ERR_OK;
}
