#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/crypto/keyring.h"
#include "fcgi/crypto/sm2.h"
#include "fcgi/http/config.h"
#include "handlers/jobs/jobs.h"
#include "handlers/key/credential_row.h"
#include "handlers/rules/table/kinds.h"
#include "sql/key/channel_key.h"
#include "sql/key/credential.h"
#include "sql/key/sheet.h"
#include "tests/support/applications.h"
#include "tests/support/people.h"

/* The jobs that issue keys and sheets, on a real database. */

static const struct config config;
static struct req q;

static void
prepare(void)
{
	char path[] = "/tmp/jieru-test-keyring-XXXXXX";

	if (q.vault)
		return;
	int fd = mkstemp(path);
	CU_ASSERT_FATAL(fd >= 0 && !close(fd) && !unlink(path));
	OK(keyring_generate(path));
	OK(keyring_open(path, &q.vault));
	unlink(path);
	q.config = &config;
	q.arena = arena;
	q.db = db;
	q.now = NOW + 60;
}

/* As the loop of jobs does it. */
static void
run(enum err (*kind)(struct req *, struct sql_tx *, const struct job *),
    const struct application *a)
{
	struct job job = { .kind = "issue", .subject = a->id };

	prepare();
	WRITE(ERR_OK, kind(&q, &tx, &job));
}

static struct application
applied(int64_t unit, int64_t institution)
{
	struct application a = new_draft(unit, institution);

	fill(&a, "甲");
	claim(&a, "甲", NULL, ERR_OK);
	pass_all(&a);
	return a;
}

static struct channel_credential
credential(const struct application *a, enum environment environment)
{
	struct channel_credential c;

	OK(channel_credential_get(db, arena, a->id, environment, &c));
	return c;
}

static char *
opened(const char *purpose, const struct channel_credential *c, const char *sealed)
{
	char *text = NULL;

	OK(keyring_unseal(q.vault, arena,
	    arena_printf(arena, "%s#%s", purpose, credential_row(&q, c)), sealed, &text));
	return text;
}

static void
is_a_pair(const char *private_text, const char *public_text)
{
	unsigned char private_key[SM2_PRIVATE_SIZE], public_key[SM2_PUBLIC_SIZE],
	    derived[SM2_PUBLIC_SIZE];

	OK(sm2_read_private(private_text, private_key));
	OK(sm2_read_public(public_text, public_key));
	OK(sm2_public_of(private_key, derived));
	CU_ASSERT_EQUAL(memcmp(public_key, derived, sizeof(derived)), 0);
}

static void
both_environments_have_keys_of_their_own(void)
{
	struct application a = applied(new_unit(), test_number());

	run(issue_test_run, &a);
	struct channel_credential test = credential(&a, ENVIRONMENT_TEST);
	char *secret = opened("credential.secret", &test, test.secret_sealed);
	CU_ASSERT_EQUAL(strspn(test.app_id, "0123456789ABCDEF"), 32);
	CU_ASSERT_EQUAL(strspn(secret, "0123456789ABCDEF"), 32);
	CU_ASSERT_EQUAL(strlen(test.channel_code), 64);
	is_a_pair(opened("credential.platform_private", &test, test.platform_private_sealed),
	    test.platform_public);
	is_a_pair(opened("credential.channel_private", &test, test.channel_private_sealed),
	    test.channel_public);

	pass_all(&a);
	run(issue_formal_run, &a);
	struct channel_credential formal = credential(&a, ENVIRONMENT_FORMAL);
	CU_ASSERT_PTR_NULL(formal.channel_private_sealed);
	CU_ASSERT_PTR_NULL(formal.channel_public);
	CU_ASSERT_STRING_NOT_EQUAL(formal.app_id, test.app_id);
	CU_ASSERT_STRING_NOT_EQUAL(formal.platform_public, test.platform_public);
	CU_ASSERT_STRING_NOT_EQUAL(formal.channel_code, test.channel_code);
	CU_ASSERT_STRING_NOT_EQUAL(opened("credential.secret", &formal, formal.secret_sealed),
	    secret);
}

static void
a_job_that_runs_twice_issues_once(void)
{
	struct application a = applied(new_unit(), test_number());
	const struct issued_sheet *sheets;
	size_t count;

	run(issue_test_run, &a);
	struct channel_credential first = credential(&a, ENVIRONMENT_TEST);
	run(issue_test_run, &a);
	struct channel_credential second = credential(&a, ENVIRONMENT_TEST);
	CU_ASSERT_STRING_EQUAL(first.app_id, second.app_id);
	CU_ASSERT_STRING_EQUAL(first.platform_public, second.platform_public);
	OK(issued_sheet_list(db, arena, a.id, &sheets, &count));
	CU_ASSERT_EQUAL_FATAL(count, 2);                /* payment and identity */
	CU_ASSERT_EQUAL(sheets[0].replied_at, NOW + 5); /* the day of the pass, not of the job */
}

static void
nothing_is_issued_after_it_was_given_up(void)
{
	struct application a = applied(new_unit(), test_number());
	struct channel_credential c;

	take(&a, EVENT_DISCARD, DESK_NONE);
	run(issue_test_run, &a);
	CU_ASSERT_EQUAL(channel_credential_get(db, arena, a.id, ENVIRONMENT_TEST, &c),
	    ERR_NOT_FOUND);
}

static void
a_key_reported_early_is_in_the_formal_credential(void)
{
	struct application a = applied(new_unit(), test_number());

	WRITE(ERR_OK, channel_key_add(&tx, a.id, "reported", 9, NOW));
	pass_all(&a);
	run(issue_formal_run, &a);
	struct channel_credential formal = credential(&a, ENVIRONMENT_FORMAL);
	CU_ASSERT_STRING_EQUAL(formal.channel_public, "reported");
}

static void
an_application_that_was_there_keeps_its_identity(void)
{
	int64_t unit = new_unit(), institution = test_number();
	struct application a = applied(unit, institution), b;

	run(issue_test_run, &a);
	b = applied(unit, institution);
	run(issue_test_run, &b);
	struct channel_credential first = credential(&a, ENVIRONMENT_TEST),
				  second = credential(&b, ENVIRONMENT_TEST);
	CU_ASSERT_STRING_EQUAL(first.app_id, second.app_id);
	CU_ASSERT_STRING_NOT_EQUAL(first.secret_sealed, second.secret_sealed); /* each in its row */
	CU_ASSERT_STRING_EQUAL(opened("credential.secret", &first, first.secret_sealed),
	    opened("credential.secret", &second, second.secret_sealed));
	CU_ASSERT_STRING_EQUAL(first.channel_code, second.channel_code);

	struct application c =
	    applied(unit, institution + 1); /* another institution's is another */
	run(issue_test_run, &c);
	struct channel_credential other = credential(&c, ENVIRONMENT_TEST);
	CU_ASSERT_STRING_NOT_EQUAL(first.app_id, other.app_id);
}

static void
run_reissue(int64_t credential)
{
	struct job job = { .kind = "reissue", .subject = credential };

	prepare();
	q.keyring = q.vault; /* notices are sealed too */
	WRITE(ERR_OK, reissue_run(&q, &tx, &job));
	q.keyring = NULL;
}

/* From now on the application's operator exists, so that he can be told. */
static void
give_operator(struct application *a)
{
	struct operator o;

	prepare();
	OK(make_operator(&o));
	o.phone_sealed = keyring_seal(q.vault, arena,
	    arena_printf(arena, "operator.phone#%lld", (long long)o.id), "13800138000");
	WRITE(ERR_OK, sql_exec(&tx, "UPDATE operator SET phone_sealed = ? WHERE id = ?",
			  ARGS(V(o.phone_sealed), V(o.id)), NULL));
	WRITE(ERR_OK, sql_exec(&tx, "UPDATE application SET operator_id = ? WHERE id = ?",
			  ARGS(V(o.id), V(a->id)), NULL));
	OK(application_get(db, arena, a->number, a));
}

static struct application
told(int64_t unit, int64_t institution)
{
	struct application a = applied(unit, institution);

	give_operator(&a);
	return a;
}

static void
keys_issued_anew_keep_the_app_id_and_share_it_on(void)
{
	int64_t unit = new_unit(), institution = test_number();
	struct application a = told(unit, institution), b;
	const struct issued_sheet *sheets;
	size_t count;

	run(issue_test_run, &a);
	b = told(unit, institution);
	run(issue_test_run, &b);
	struct channel_credential before = credential(&a, ENVIRONMENT_TEST);
	WRITE(ERR_OK, channel_credential_revoke(&tx, &before, "密钥泄露", NOW + 30));
	run_reissue(before.id);
	run_reissue(before.id); /* a job that runs twice issues once */

	struct channel_credential first = credential(&a, ENVIRONMENT_TEST),
				  second = credential(&b, ENVIRONMENT_TEST);
	CU_ASSERT_EQUAL(first.serial, 2);
	CU_ASSERT_EQUAL(second.serial, 2);
	CU_ASSERT_STRING_EQUAL(first.app_id, before.app_id);
	CU_ASSERT_STRING_NOT_EQUAL(first.platform_public, before.platform_public);
	CU_ASSERT_STRING_NOT_EQUAL(first.channel_code, before.channel_code);
	CU_ASSERT_STRING_EQUAL(first.platform_public, second.platform_public);
	CU_ASSERT_STRING_EQUAL(first.channel_code, second.channel_code);
	CU_ASSERT_STRING_NOT_EQUAL(opened("credential.secret", &first, first.secret_sealed),
	    opened("credential.secret", &before, before.secret_sealed));
	is_a_pair(opened("credential.channel_private", &first, first.channel_private_sealed),
	    first.channel_public);
	OK(issued_sheet_list(db, arena, a.id, &sheets, &count));
	CU_ASSERT_EQUAL_FATAL(count, 4);
	CU_ASSERT_STRING_NOT_EQUAL(sheets[0].number, sheets[1].number);
	CU_ASSERT_EQUAL(sheets[0].serial, 2);
	CU_ASSERT_EQUAL(sheets[0].replied_at, NOW + 60);
	CU_ASSERT_EQUAL(sheets[1].replied_at, NOW + 5);
	run(issue_test_run, &a); /* nor does the first one's job, late */
	CU_ASSERT_EQUAL(credential(&a, ENVIRONMENT_TEST).serial, 2);
}

static void
after_a_revocation_the_channel_reports_a_key_made_since(void)
{
	struct application a = applied(new_unit(), test_number());

	WRITE(ERR_OK, channel_key_add(&tx, a.id, "reported", 9, NOW));
	pass_all(&a);
	give_operator(&a); /* whoever submitted last */
	run(issue_formal_run, &a);
	struct channel_credential c = credential(&a, ENVIRONMENT_FORMAL);
	/* planned: it goes along */
	WRITE(ERR_OK, channel_credential_overlap(&tx, &c, "定期更换", NOW + 999, NOW + 30));
	run_reissue(c.id);
	c = credential(&a, ENVIRONMENT_FORMAL);
	CU_ASSERT_PTR_NULL(c.channel_private_sealed);
	CU_ASSERT_STRING_EQUAL(c.channel_public, "reported");
	/* compromised: it does not */
	WRITE(ERR_OK, channel_credential_revoke(&tx, &c, "密钥泄露", NOW + 40));
	run_reissue(c.id);
	c = credential(&a, ENVIRONMENT_FORMAL);
	CU_ASSERT_EQUAL(c.serial, 3);
	CU_ASSERT_PTR_NULL(c.channel_public);
	WRITE(ERR_OK, channel_credential_revoke(&tx, &c, "再次", NOW + 50));
	WRITE(ERR_OK, channel_key_add(&tx, a.id, "made since", 9, NOW + 55));
	run_reissue(c.id);
	CU_ASSERT_STRING_EQUAL(credential(&a, ENVIRONMENT_FORMAL).channel_public, "made since");
}

static void
nothing_is_issued_anew_after_it_was_given_up(void)
{
	struct application a = told(new_unit(), test_number());

	run(issue_test_run, &a);
	struct channel_credential c = credential(&a, ENVIRONMENT_TEST);
	take(&a, EVENT_DISCARD, DESK_NONE);
	run_reissue(c.id);
	CU_ASSERT_EQUAL(credential(&a, ENVIRONMENT_TEST).serial, 1);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "both environments have keys of their own",
		    both_environments_have_keys_of_their_own },
		{ "a job that runs twice issues once", a_job_that_runs_twice_issues_once },
		{ "nothing is issued after it was given up",
		    nothing_is_issued_after_it_was_given_up },
		{ "a key reported early is in the formal credential",
		    a_key_reported_early_is_in_the_formal_credential },
		{ "an application that was there keeps its identity",
		    an_application_that_was_there_keeps_its_identity },
		{ "keys issued anew keep the app id and share it on",
		    keys_issued_anew_keep_the_app_id_and_share_it_on },
		{ "after a revocation the channel reports a key made since",
		    after_a_revocation_the_channel_reports_a_key_made_since },
		{ "nothing is issued anew after it was given up",
		    nothing_is_issued_anew_after_it_was_given_up },
		CU_TEST_INFO_NULL,
	};
	int status = test_main("issue", tests);

	keyring_close(q.vault);
	return status;
}
