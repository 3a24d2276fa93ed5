#include <string.h>

#include "handlers/application/access.h"
#include "handlers/common/deed.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/form/key_reveal_form.h"
#include "handlers/sheet/offer.h"
#include "handlers/sheet/sheet.h"

/* The payment sheet's offer of the environment the address names; 409 while it may not be read. */
static enum err
payment(struct req *q, const struct application *app, struct sheet_offer *ret)
{
	struct sheet_offer offers[SHEET_OFFERS_MAX];
	size_t count;

	TRY(sheet_offers(q, app, offers, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(environment_wire(offers[i].environment), q->word[0]) == 0 &&
		    offers[i].kind == SHEET_PAYMENT) {
			*ret = offers[i];
			return ret->blocked ? refuse(q, ERR_WRONG_STATE, ret->blocked) : ERR_OK;
		}
	return ERR_NOT_FOUND;
}

enum err
sheet_values(struct req *q)
{
	struct application app;
	struct sheet_offer offer;
	json_t *hidden = json_array();

	enum err e = application_of_mine(q, q->db, &app);
	if (e == ERR_OK)
		e = payment(q, &app, &offer);
	if (e != ERR_OK) {
		json_decref(hidden);
		return e;
	}
	const struct channel_credential *c = offer.credential;
	json_array_append_new(hidden, json_string("secret"));
	if (c->channel_private_sealed)
		json_array_append_new(hidden, json_string("channel_private"));
	return reply_json(q, 200,
	    json_pack("{ss ss sI ss ss? ss ss? so}", "title", offer.title, "number", offer.number,
		"serial", (json_int_t)c->serial, "app_id", c->app_id, "channel_public",
		c->channel_public, "platform_public", c->platform_public, "channel_code",
		c->channel_code, "hidden", hidden));
}

enum err
sheet_reveal(struct req *q)
{
	struct key_reveal_form in = { 0 };
	struct application app;
	struct sheet_offer offer;
	char *value;

	TRY(form_bind(&key_reveal_form, q, NULL, FORM_SUBMIT, &in));
	TRY(application_of_mine(q, q->db, &app));
	TRY(payment(q, &app, &offer));
	bool secret = strcmp(in.field, "secret") == 0;
	const char *sealed =
	    secret ? offer.credential->secret_sealed : offer.credential->channel_private_sealed;
	if (!sealed)
		return ERR_NOT_FOUND;

	SQL_TX(tx, q->db);
	TRY(unseal_text(q, secret ? PURPOSE_CREDENTIAL_SECRET : PURPOSE_CREDENTIAL_CHANNEL_PRIVATE,
	    sealed, &value));
	enum err e = deed_done(q, &tx, DEED_SHEET_REVEAL, application_object(q, &app),
	    arena_printf(q->arena, "sheet=%s environment=%s field=%s", offer.number, q->word[0],
		in.field),
	    200, json_pack("{ss}", "value", value));
	explicit_bzero(value, strlen(value));
	return e;
}
