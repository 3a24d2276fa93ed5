#include <string.h>

#include "handlers/application/access.h"
#include "handlers/common/deed.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/form/key_form.h"
#include "handlers/sheet/offer.h"
#include "handlers/sheet/sheet.h"

#define SECRET "secret"
#define CHANNEL_PRIVATE "channel_private"

struct sheet_values_answer {
	const char *title, *number, *app_id, *channel_public, *platform_public, *channel_code;
	int64_t serial;
	struct text_list hidden;
};
static const struct answer_row values_rows[] = {
	ANSWER(struct sheet_values_answer, title),
	ANSWER(struct sheet_values_answer, number),
	ANSWER(struct sheet_values_answer, serial,
	    .about = "from 1; one more when keys are reissued"),
	ANSWER(struct sheet_values_answer, app_id),
	ANSWER(struct sheet_values_answer, channel_public, .null = true, .about = "base64"),
	ANSWER(struct sheet_values_answer, platform_public, .about = "base64"),
	ANSWER(struct sheet_values_answer, channel_code, .null = true),
	ANSWER(struct sheet_values_answer, hidden, .words = SECRET " " CHANNEL_PRIVATE,
	    .about = "which may be revealed"),
};
const struct answer sheet_values_answer =
    ANSWER_TABLE("sheet_values", struct sheet_values_answer, values_rows);

struct sheet_secret_answer {
	const char *value;
};
static const struct answer_row secret_rows[] = {
	ANSWER(struct sheet_secret_answer, value),
};
const struct answer sheet_secret_answer =
    ANSWER_TABLE("sheet_secret", struct sheet_secret_answer, secret_rows);

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

/* What is not sent unless it is asked for, one by one. */
static struct text_list
hidden_of(struct req *q, const struct channel_credential *c)
{
	const char **names = ARENA_ARRAY(q->arena, const char *, 2);

	names[0] = SECRET;
	names[1] = CHANNEL_PRIVATE;
	return (struct text_list){ names, c->channel_private_sealed ? 2 : 1 };
}

enum err
sheet_values(struct req *q)
{
	struct application app;
	struct sheet_offer offer;

	TRY(application_of_mine(q, q->db, &app));
	TRY(payment(q, &app, &offer));
	const struct channel_credential *c = offer.credential;
	const struct sheet_values_answer answer = {
		.title = offer.title,
		.number = offer.number,
		.serial = c->serial,
		.app_id = c->app_id,
		.channel_public = c->channel_public,
		.platform_public = c->platform_public,
		.channel_code = c->channel_code,
		.hidden = hidden_of(q, c),
	};
	return reply(q, 200, &sheet_values_answer, &answer);
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
	bool secret = strcmp(in.field, SECRET) == 0;
	const char *sealed =
	    secret ? offer.credential->secret_sealed : offer.credential->channel_private_sealed;
	if (!sealed)
		return ERR_NOT_FOUND;

	SQL_TX(tx, q->db);
	TRY(unseal_text(q, secret ? PURPOSE_CREDENTIAL_SECRET : PURPOSE_CREDENTIAL_CHANNEL_PRIVATE,
	    sealed, &value));
	const struct sheet_secret_answer answer = { value };
	enum err e = deed_done(q, &tx, DEED_SHEET_REVEAL, application_object(q, &app),
	    arena_printf(q->arena, "sheet=%s environment=%s field=%s", offer.number, q->word[0],
		in.field),
	    200, answer_text(q, &sheet_secret_answer, &answer));
	explicit_bzero(value, strlen(value));
	return e;
}
