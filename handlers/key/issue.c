#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/sm2.h"
#include "handlers/application/access.h"
#include "handlers/common/deed.h"
#include "handlers/common/sealing.h"
#include "handlers/jobs/jobs.h"
#include "handlers/key/credential_row.h"
#include "handlers/key/issue.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/rules/table/kinds.h"
#include "sql/application/application_event.h"
#include "sql/key/channel_key.h"
#include "sql/key/credential.h"
#include "sql/key/sheet.h"

/*
 * Keys and sheets after the nation's pass: one credential and one
 * or two sheets per environment. A job that runs twice finds them there; one
 * that comes after 弃用 has nothing to do.
 */

#define APP_ID_BYTES 16
#define CHANNEL_CODE_BYTES 48 /* 64 base64 characters, none of them padding */
#define NUMBER_BYTES 16

static const char *
random_hex_upper(struct req *q)
{
	unsigned char bytes[APP_ID_BYTES];

	random_bytes(bytes, sizeof(bytes));
	return bytes_hex_upper(q->arena, bytes, sizeof(bytes));
}

const char *
credential_code(struct req *q)
{
	unsigned char bytes[CHANNEL_CODE_BYTES];

	random_bytes(bytes, sizeof(bytes));
	return bytes_base64(q->arena, bytes, sizeof(bytes));
}

/* Seals and forgets a text of the arena. */
static const char *
put_away(struct req *q, enum purpose purpose, const char *row, char *text)
{
	const char *sealed = seal_text(q, purpose, row, text);

	explicit_bzero(text, strlen(text));
	return sealed;
}

static void
make_pair(struct req *q, enum purpose purpose, const char *row, const char **ret_private,
    const char **ret_public)
{
	struct sm2_pair pair;

	sm2_generate(&pair);
	*ret_private = put_away(q, purpose, row,
	    bytes_base64(q->arena, pair.private_key, sizeof(pair.private_key)));
	*ret_public = bytes_base64(q->arena, pair.public_key, sizeof(pair.public_key));
	explicit_bzero(&pair, sizeof(pair));
}

void
credential_make(struct req *q, struct channel_credential *c)
{
	const char *row = credential_row(q, c);
	unsigned char secret[APP_ID_BYTES];

	random_bytes(secret, sizeof(secret));
	c->secret_sealed = put_away(q, PURPOSE_CREDENTIAL_SECRET, row,
	    bytes_hex_upper(q->arena, secret, sizeof(secret)));
	explicit_bzero(secret, sizeof(secret));
	make_pair(q, PURPOSE_CREDENTIAL_PLATFORM_PRIVATE, row, &c->platform_private_sealed,
	    &c->platform_public);
	if (c->environment == ENVIRONMENT_TEST) /* formal: the channel keeps its own */
		make_pair(q, PURPOSE_CREDENTIAL_CHANNEL_PRIVATE, row, &c->channel_private_sealed,
		    &c->channel_public);
}

static enum err
move(struct req *q, enum purpose purpose, const char *from, const char *to, const char **sealed)
{
	char *text;

	if (!*sealed)
		return ERR_OK;
	TRY(unseal_text(q, purpose, from, *sealed, &text));
	*sealed = put_away(q, purpose, to, text);
	return ERR_OK;
}

enum err
credential_move(struct req *q, const struct channel_credential *from, struct channel_credential *c)
{
	const char *then = credential_row(q, from), *now = credential_row(q, c);

	TRY(move(q, PURPOSE_CREDENTIAL_SECRET, then, now, &c->secret_sealed));
	TRY(move(q, PURPOSE_CREDENTIAL_CHANNEL_PRIVATE, then, now, &c->channel_private_sealed));
	return move(q, PURPOSE_CREDENTIAL_PLATFORM_PRIVATE, then, now, &c->platform_private_sealed);
}

/* The key the channel reported for this application, over one taken from an earlier application. */
static enum err
reported(struct req *q, struct sql_tx *tx, const struct application *app,
    struct channel_credential *c)
{
	struct channel_key key;

	if (c->environment == ENVIRONMENT_TEST)
		return ERR_OK;
	enum err e = channel_key_current(tx->db, q->arena, app->id, &key);
	if (e == ERR_OK)
		c->channel_public = key.public_key;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err
issue_credential(struct req *q, struct sql_tx *tx, const struct application *app,
    enum environment environment)
{
	struct channel_credential c = { 0 };
	enum err e = channel_credential_get(tx->db, q->arena, app->id, environment, &c);

	if (e != ERR_NOT_FOUND)
		return e;
	/* an application that was there before keeps its identity */
	e = channel_credential_of_same(tx->db, q->arena, app->id, environment, &c);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	const struct channel_credential same = c;
	c.application_id = app->id;
	c.environment = environment;
	c.serial = 1;
	if (e == ERR_NOT_FOUND) {
		c.app_id = random_hex_upper(q);
		credential_make(q, &c);
	} else {
		TRY(credential_move(q, &same, &c));
	}
	if (strcmp(app->business_type, BUSINESS_TYPE_AUTH) != 0)
		c.channel_code = NULL;
	else if (!c.channel_code)
		c.channel_code = credential_code(q);
	TRY(reported(q, tx, app, &c));
	return channel_credential_insert(tx, &c, q->now);
}

static enum err
issue_sheet(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct issued_sheet *wanted)
{
	unsigned char bytes[NUMBER_BYTES];
	struct issued_sheet sheet = *wanted;
	const struct issued_sheet *sheets;
	size_t count;

	TRY(issued_sheet_list(tx->db, q->arena, app->id, &sheets, &count));
	for (size_t i = 0; i < count; i++)
		if (sheets[i].environment == sheet.environment && sheets[i].kind == sheet.kind &&
		    sheets[i].serial == sheet.serial)
			return ERR_OK;
	random_bytes(bytes, sizeof(bytes));
	sheet.number = bytes_hex(q->arena, bytes, sizeof(bytes));
	return issued_sheet_insert(tx, app->id, &sheet, q->now);
}

enum err
credential_sheets(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct channel_credential *c, int64_t replied_at)
{
	struct issued_sheet sheet = { .environment = c->environment,
		.kind = SHEET_PAYMENT,
		.serial = c->serial,
		.replied_at = replied_at };

	TRY(issue_sheet(q, tx, app, &sheet));
	sheet.kind = SHEET_IDENTITY;
	return strcmp(app->business_type, BUSINESS_TYPE_AUTH) == 0 ? issue_sheet(q, tx, app, &sheet)
								   : ERR_OK;
}

static enum err
issue(struct req *q, struct sql_tx *tx, int64_t subject, enum environment environment)
{
	enum state passed = environment == ENVIRONMENT_TEST ? STATE_APPLIED : STATE_ACCEPTED;
	struct channel_credential c;
	struct application app;
	int64_t replied_at;

	TRY(application_lock(tx, q->arena, subject, &app));
	if (state_is_final((enum state)app.state))
		return ERR_OK;
	TRY(issue_credential(q, tx, &app, environment));
	TRY(channel_credential_get(tx->db, q->arena, app.id, environment, &c));
	if (c.serial > 1) /* issued long ago, and since then anew */
		return ERR_OK;
	TRY(application_entered(tx->db, q->arena, app.id, passed, &replied_at));
	TRY(credential_sheets(q, tx, &app, &c, replied_at));
	return deed_note(q, tx, DEED_CREDENTIAL_ISSUE, application_object(q, &app),
	    environment == ENVIRONMENT_TEST ? "environment=test" : "environment=formal");
}

enum err
issue_test_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	return issue(q, tx, job->subject, ENVIRONMENT_TEST);
}

enum err
issue_formal_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	return issue(q, tx, job->subject, ENVIRONMENT_FORMAL);
}
