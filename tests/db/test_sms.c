/* The SMS outbox with its job, the file provider, reports and the day's budget. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/crypto/keyring.h"
#include "handlers/jobs/jobs.h"
#include "handlers/sms/settings.h"
#include "sql/record/sms.h"
#include "tests/support/database.h"

#define NOW 1700000000

static char folder[] = "/tmp/test_notices.XXXXXX";
static char keyring_path[64], sms_path[64];
static struct keyring *keyring;
static int64_t clock_ahead; /* seconds */

static struct req
process(void)
{
	return (
	    struct req){ .db = db, .arena = arena, .keyring = keyring, .now = NOW + clock_ahead };
}

static enum err
post(const char *phone, const char *text, int64_t *ret_id)
{
	const char *own = test_key();

	SQL_TX(tx, db);
	TRY(sms_add(&tx,
	    &(struct sms_message){ .template_name = "SMS_CODE",
		.phone_sealed =
		    keyring_seal(keyring, arena, arena_printf(arena, "sms.phone#%s", own), phone),
		.text_sealed =
		    keyring_seal(keyring, arena, arena_printf(arena, "sms.text#%s", own), text),
		.arguments_sealed = keyring_seal(keyring, arena,
		    arena_printf(arena, "sms.arguments#%s", own), "[\"1\"]"),
		.reference = own,
		.created_at = NOW },
	    ret_id));
	return sql_commit(&tx);
}

static enum err
begin(struct req *q, const struct job *job)
{
	SQL_TX(tx, db);
	TRY(send_sms_begin(q, &tx, job));
	return sql_commit(&tx);
}

static enum err
failed(struct req *q, const struct job *job)
{
	SQL_TX(tx, db);
	TRY(send_sms_failed(q, &tx, job, "why"));
	return sql_commit(&tx);
}

/* One attempt, as the loop makes it. */
static enum err
send(int64_t id)
{
	struct req q = process();
	struct job job = { .kind = "send_sms", .subject = id };

	TRY(begin(&q, &job));
	SQL_TX(tx, db);
	TRY(send_sms_run(&q, &tx, &job));
	return sql_commit(&tx);
}

static size_t
sent_lines(char *text, size_t size)
{
	FILE *f = fopen(sms_path, "r");
	size_t n = f ? fread(text, 1, size - 1, f) : 0, lines = 0;

	text[n] = '\0';
	if (f)
		fclose(f);
	for (size_t i = 0; i < n; i++)
		lines += text[i] == '\n';
	return lines;
}

static void
an_sms_is_sent_once_and_forgotten(void)
{
	struct sms_message sms;
	char text[2000];
	int64_t id = 0;

	CU_ASSERT_EQUAL(post("13800138000", "验证码 \"1\"\n", &id), ERR_OK);
	CU_ASSERT_EQUAL(test_count("SELECT COUNT(*) FROM job WHERE kind = 'send_sms' AND"
				   " subject = ? AND state = 1",
			    ARGS(V(id))),
	    1);
	CU_ASSERT_EQUAL(send(id), ERR_OK);
	CU_ASSERT_EQUAL(sent_lines(text, sizeof(text)), 1);
	CU_ASSERT_STRING_EQUAL(text,
	    "{\"time\":1700000000,\"phone\":\"13800138000\",\"text\":\"验证码 \\\"1\\\"\\n\"}\n");
	CU_ASSERT_EQUAL(sms_get(db, arena, id, &sms), ERR_OK);
	CU_ASSERT_EQUAL(sms.state, SMS_SENT);
	CU_ASSERT_PTR_NULL(sms.text_sealed);
	CU_ASSERT_EQUAL(send(id), ERR_OK); /* its job came twice */
	CU_ASSERT_EQUAL(sent_lines(text, sizeof(text)), 1);
}

static void
an_sms_that_cannot_be_sent_waits(void)
{
	struct sms_message sms;
	int64_t id = 0;

	sms_settings.file = "/nonexistent/folder/sms.log";
	CU_ASSERT_EQUAL(post("13800138000", "text", &id), ERR_OK);
	CU_ASSERT_EQUAL(send(id), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(failed(&(struct req){ .now = NOW }, &(struct job){ .subject = id }),
	    ERR_OK);
	CU_ASSERT_EQUAL(sms_get(db, arena, id, &sms), ERR_OK);
	CU_ASSERT_EQUAL(sms.state, SMS_WAITING);
	CU_ASSERT_PTR_NOT_NULL(sms.text_sealed);
	CU_ASSERT_EQUAL(sms.attempts, 1);
	CU_ASSERT_STRING_EQUAL(sms.note, "why");
	sms_settings.file = sms_path;
	CU_ASSERT_EQUAL(send(id), ERR_OK);
	CU_ASSERT_EQUAL(sms_get(db, arena, id, &sms), ERR_OK);
	CU_ASSERT_EQUAL(sms.state, SMS_SENT);
	CU_ASSERT_EQUAL(sms.attempts, 2);
	CU_ASSERT_PTR_NULL(sms.note);
	CU_ASSERT_EQUAL(send(id + 1000000), ERR_NOT_FOUND);
}

/* Its process was killed while the gateway was asked. */
static void
an_sms_nobody_knows_of_is_not_sent_again(void)
{
	struct req q = process();
	struct sms_message sms;
	char text[2000];
	int64_t id = 0;
	size_t before = sent_lines(text, sizeof(text));

	CU_ASSERT_EQUAL(post("13800138000", "text", &id), ERR_OK);
	CU_ASSERT_EQUAL(begin(&q, &(struct job){ .subject = id }), ERR_OK);
	CU_ASSERT_EQUAL(sms_get(db, arena, id, &sms), ERR_OK);
	CU_ASSERT_EQUAL(sms.state, SMS_SENDING);
	CU_ASSERT_EQUAL(send(id), ERR_OK);
	CU_ASSERT_EQUAL(sms_get(db, arena, id, &sms), ERR_OK);
	CU_ASSERT_EQUAL(sms.state, SMS_UNCERTAIN);
	CU_ASSERT_PTR_NULL(sms.text_sealed);
	CU_ASSERT_EQUAL(send(id), ERR_OK);
	CU_ASSERT_EQUAL(sent_lines(text, sizeof(text)), before);
}

static void
a_code_that_has_expired_is_not_sent(void)
{
	struct sms_message sms;
	char text[2000];
	int64_t id = 0;
	size_t before = sent_lines(text, sizeof(text));

	CU_ASSERT_EQUAL(post("13800138000", "text", &id), ERR_OK);
	clock_ahead = 300;
	CU_ASSERT_EQUAL(send(id), ERR_OK);
	clock_ahead = 0;
	CU_ASSERT_EQUAL(sms_get(db, arena, id, &sms), ERR_OK);
	CU_ASSERT_EQUAL(sms.state, SMS_GIVEN_UP);
	CU_ASSERT_EQUAL(sent_lines(text, sizeof(text)), before);
}

static enum err
report(const char *reference, bool delivered)
{
	SQL_TX(tx, db);
	TRY(sms_report(&tx, reference, delivered, NOW));
	return sql_commit(&tx);
}

static void
a_report_is_for_what_was_sent(void)
{
	struct sms_message sms;
	int64_t id = 0;

	CU_ASSERT_EQUAL(post("13800138000", "text", &id), ERR_OK);
	CU_ASSERT_EQUAL(sms_get(db, arena, id, &sms), ERR_OK);
	CU_ASSERT_EQUAL(report(sms.reference, true), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(report(sms.reference, false), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(send(id), ERR_OK);
	CU_ASSERT_EQUAL(report(sms.reference, true), ERR_OK);
	CU_ASSERT_EQUAL(sms_get(db, arena, id, &sms), ERR_OK);
	CU_ASSERT_EQUAL(sms.state, SMS_DELIVERED);
	CU_ASSERT_EQUAL(report(test_key(), true), ERR_NOT_FOUND);
}

static enum err
spend(int64_t day, int64_t most, bool *ret_within)
{
	SQL_TX(tx, db);
	TRY(sms_budget(&tx, day, most, ret_within));
	return sql_commit(&tx);
}

static void
a_day_has_its_budget(void)
{
	int64_t day = 10000 + test_number() % 1000000;
	bool within = false;

	for (int i = 0; i < 3; i++) {
		CU_ASSERT_EQUAL(spend(day, 3, &within), ERR_OK);
		CU_ASSERT_TRUE(within);
	}
	CU_ASSERT_EQUAL(spend(day, 3, &within), ERR_OK);
	CU_ASSERT_FALSE(within);
	CU_ASSERT_EQUAL(test_count("SELECT used FROM sms_day WHERE day = ?", ARGS(V(day))), 3);
	CU_ASSERT_EQUAL(spend(day + 1000000, 3, &within), ERR_OK);
	CU_ASSERT_TRUE(within);
}

static enum err
give_up(int64_t id)
{
	struct req q = process();
	struct job job = { .kind = "send_sms", .subject = id };

	SQL_TX(tx, db);
	TRY(send_sms_give_up(&q, &tx, &job, "why"));
	return sql_commit(&tx);
}

static void
an_sms_given_up_is_forgotten_too(void)
{
	struct sms_message sms;
	int64_t id = 0;

	CU_ASSERT_EQUAL(post("13800138000", "text", &id), ERR_OK);
	CU_ASSERT_EQUAL(give_up(id), ERR_OK);
	CU_ASSERT_EQUAL(sms_get(db, arena, id, &sms), ERR_OK);
	CU_ASSERT_EQUAL(sms.state, SMS_GIVEN_UP);
	CU_ASSERT_PTR_NULL(sms.text_sealed);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "an SMS is sent once and forgotten", an_sms_is_sent_once_and_forgotten },
		{ "an SMS that cannot be sent waits", an_sms_that_cannot_be_sent_waits },
		{ "an SMS nobody knows of is not sent again",
		    an_sms_nobody_knows_of_is_not_sent_again },
		{ "a code that has expired is not sent", a_code_that_has_expired_is_not_sent },
		{ "a report is for what was sent", a_report_is_for_what_was_sent },
		{ "a day has its budget", a_day_has_its_budget },
		{ "an SMS given up is forgotten too", an_sms_given_up_is_forgotten_too },
		CU_TEST_INFO_NULL,
	};

	if (!mkdtemp(folder))
		return 2;
	snprintf(keyring_path, sizeof(keyring_path), "%s/keyring", folder);
	snprintf(sms_path, sizeof(sms_path), "%s/sms.log", folder);
	if (keyring_generate(keyring_path) != ERR_OK ||
	    keyring_open(keyring_path, &keyring) != ERR_OK)
		return 2;
	sms_settings = (struct sms_settings){ .provider = "file", .file = sms_path };
	int failed = test_main("sms", tests);
	keyring_close(keyring);
	unlink(keyring_path);
	unlink(sms_path);
	rmdir(folder);
	return failed;
}
