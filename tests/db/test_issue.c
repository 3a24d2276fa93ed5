#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/keyring.h"
#include "fcgi/sm.h"
#include "handlers/jobs/jobs.h"
#include "handlers/rules/kinds.h"
#include "sql/channel_key.h"
#include "sql/credential.h"
#include "sql/sheet.h"
#include "tests/db/applications.h"

/* The jobs that issue keys and sheets, on a real database. */

static struct req q;

static void
prepare(void)
{
	char path[] = "/tmp/jieru-test-keyring-XXXXXX";
	int fd = mkstemp(path);

	if (q.vault)
		return;
	CU_ASSERT_FATAL(fd >= 0 && !close(fd) && !unlink(path));
	OK(keyring_generate(path));
	OK(keyring_open(path, &q.vault));
	unlink(path);
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
opened(const char *purpose, const char *sealed)
{
	char *text = NULL;

	OK(keyring_unseal(q.vault, arena, purpose, sealed, &text));
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
	char *secret = opened("credential.secret", test.secret_sealed);
	CU_ASSERT_EQUAL(strspn(test.app_id, "0123456789ABCDEF"), 32);
	CU_ASSERT_EQUAL(strspn(secret, "0123456789ABCDEF"), 32);
	CU_ASSERT_EQUAL(strlen(test.channel_code), 64);
	is_a_pair(opened("credential.platform_private", test.platform_private_sealed),
	    test.platform_public);
	is_a_pair(opened("credential.channel_private", test.channel_private_sealed),
	    test.channel_public);

	pass_all(&a);
	run(issue_formal_run, &a);
	struct channel_credential formal = credential(&a, ENVIRONMENT_FORMAL);
	CU_ASSERT_PTR_NULL(formal.channel_private_sealed);
	CU_ASSERT_PTR_NULL(formal.channel_public);
	CU_ASSERT_STRING_NOT_EQUAL(formal.app_id, test.app_id);
	CU_ASSERT_STRING_NOT_EQUAL(formal.platform_public, test.platform_public);
	CU_ASSERT_STRING_NOT_EQUAL(formal.channel_code, test.channel_code);
	CU_ASSERT_STRING_NOT_EQUAL(opened("credential.secret", formal.secret_sealed), secret);
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
	CU_ASSERT_STRING_EQUAL(first.secret_sealed, second.secret_sealed);
	CU_ASSERT_STRING_EQUAL(first.channel_code, second.channel_code);

	struct application c =
	    applied(unit, institution + 1); /* another institution's is another */
	run(issue_test_run, &c);
	struct channel_credential other = credential(&c, ENVIRONMENT_TEST);
	CU_ASSERT_STRING_NOT_EQUAL(first.app_id, other.app_id);
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
		CU_TEST_INFO_NULL,
	};
	int status = test_main("issue", tests);

	keyring_close(q.vault);
	return status;
}
