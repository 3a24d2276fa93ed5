#include "handlers/account/registration_kept.h"

#include <stdlib.h>

#include "fcgi/http/session.h"
#include "handlers/common/sealing.h"

#define MEMBER "registration"

enum err
registration_keep(struct req *q, const struct registration *r)
{
	json_auto_t *all = json_pack("{so ss}", "unit", form_dump(&register_unit_form, &r->unit),
	    "password", r->password);
	char *text = json_dumps(all, JSON_COMPACT);

	if (!text)
		return ERR_INTERNAL;
	json_object_set_new(q->session->data, MEMBER,
	    json_string(seal_text(q, PURPOSE_SESSION_REGISTRATION, text)));
	free(text);
	return session_save(q);
}

enum err
registration_load(struct req *q, struct registration *ret, bool *ret_found)
{
	const char *sealed = json_string_value(json_object_get(q->session->data, MEMBER));
	struct field_errors errors = { 0 };
	struct registration r = { 0 };
	const char *password;
	char *text;

	*ret_found = false;
	if (!sealed)
		return ERR_OK;
	TRY(unseal_text(q, PURPOSE_SESSION_REGISTRATION, sealed, &text));
	json_auto_t *all = json_loads(text, 0, NULL);
	password = json_string_value(json_object_get(all, "password"));
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

void
registration_forget(struct req *q)
{
	json_object_del(q->session->data, MEMBER);
	registration_typed_forget(q);
	(void)!session_save(q);
}
