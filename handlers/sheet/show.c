#include <string.h>

#include "fcgi/http/config.h"
#include "handlers/application/access.h"
#include "handlers/common/deed.h"
#include "handlers/common/sealing.h"
#include "handlers/common/sites.h"
#include "handlers/key/credential_row.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/sheet/layout.h"
#include "handlers/sheet/offer.h"
#include "handlers/sheet/sheet.h"
#include "handlers/sheet/verify.h"
#include "sql/catalogue/bureau.h"

#define MEDIA "application/pdf"

const struct answer sheet_file_answer = ANSWER_FILE(MEDIA);

/* The offer the address names; ERR_NOT_FOUND when the application has no such sheet. */
static enum err
find(struct req *q, const struct application *app, struct sheet_offer *ret)
{
	struct sheet_offer offers[SHEET_OFFERS_MAX];
	size_t count;

	TRY(sheet_offers(q, app, offers, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(environment_wire(offers[i].environment), q->word[0]) == 0 &&
		    strcmp(sheet_kind_wire(offers[i].kind), q->word[1]) == 0) {
			*ret = offers[i];
			return ERR_OK;
		}
	return ERR_NOT_FOUND;
}

static void
forget(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
}

/* Only a payment sheet prints secrets; they are in clear no longer than it takes to draw them. */
static enum err
draw(struct req *q, struct sheet *sheet, struct sheet_row *row, const struct channel_credential *c,
    unsigned char **ret_pdf, size_t *ret_size)
{
	char *secret = NULL, *channel_private = NULL;

	if (sheet->kind == SHEET_PAYMENT) {
		TRY(unseal_text(q, PURPOSE_CREDENTIAL_SECRET, credential_row(q, c),
		    c->secret_sealed, &secret));
		enum err e = unseal_text(q, PURPOSE_CREDENTIAL_CHANNEL_PRIVATE,
		    credential_row(q, c), c->channel_private_sealed, &channel_private);
		if (e != ERR_OK) {
			forget(secret);
			return e;
		}
	}
	row->secret = secret;
	row->channel_private = channel_private;
	sheet->rows = row;
	sheet->count = 1;
	sheet_render(q->arena, sheet, ret_pdf, ret_size);
	forget(secret);
	forget(channel_private);
	return ERR_OK;
}

static enum err
render(struct req *q, const struct application *app, const struct sheet_offer *offer,
    unsigned char **ret_pdf, size_t *ret_size)
{
	const struct channel_credential *c = offer->credential;
	struct bureau province;

	TRY(bureau_get(q->db, q->arena, app->province_bureau, &province));
	struct sheet_row row = {
		.app_name = app->shown_app_name,
		.app_id = c->app_id,
		.channel_public = c->channel_public,
		.platform_public = c->platform_public,
		.institution_name = app->institution_name,
		.institution_code = app->institution_code,
		.business_type = choice_text(business_type_choices, app->business_type),
		.channel_code = c->channel_code,
	};
	/* the first of the public site's addresses is the one people type */
	int origin = (int)strcspn(sites_settings.origin, ",");
	struct sheet sheet = {
		.verify_url = arena_printf(q->arena, "%.*s%s/verify?number=%s", origin,
		    sites_settings.origin, q->config->prefix, offer->number),
		.environment = offer->environment,
		.kind = offer->kind,
		.number = offer->number,
		.initiator = province.name, /* */
		.replied_at = offer->replied_at,
		.accepted = true,
	};
	return draw(q, &sheet, &row, c, ret_pdf, ret_size);
}

enum err
sheet_show(struct req *q)
{
	struct application app;
	struct sheet_offer offer;
	unsigned char *pdf;
	size_t size;

	TRY(application_of_mine(q, q->db, &app));
	TRY(find(q, &app, &offer));
	if (offer.blocked)
		return refuse(q, ERR_WRONG_STATE, offer.blocked);
	TRY(render(q, &app, &offer, &pdf, &size));

	SQL_TX(tx, q->db);
	TRY(sheet_sign(q, &tx, offer.number, &pdf, &size));
	TRY(deed_note(q, &tx, DEED_SHEET_DOWNLOAD, application_object(q, &app),
	    arena_printf(q->arena, "sheet=%s environment=%s kind=%s", offer.number, q->word[0],
		q->word[1])));
	TRY(sql_commit(&tx));
	reply_header(q, "Content-Disposition",
	    filename_disposition(q->arena, arena_printf(q->arena, "%s.pdf", offer.title), false));
	return reply_bytes(q, MEDIA, pdf, size);
}
