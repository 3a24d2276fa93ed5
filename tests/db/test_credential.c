#include <stdlib.h>

#include "handlers/rules/table/kinds.h"
#include "sql/catalogue/official_channel.h"
#include "sql/key/channel_key.h"
#include "sql/key/credential.h"
#include "sql/key/platform_key.h"
#include "sql/key/sheet.h"
#include "tests/support/applications.h"

static void
credentials_are_issued_once_and_shared_by_name(void)
{
	int64_t unit = new_unit(), institution = test_number();
	struct application a = new_draft(unit, institution), b = new_draft(unit, institution);
	struct channel_credential back, c = {
		.application_id = a.id,
		.environment = ENVIRONMENT_FORMAL,
		.serial = 1,
		.app_id = test_key(),
		.secret_sealed = "s",
		.platform_private_sealed = "p",
		.platform_public = "P",
		.channel_code = "0123456789012345678901234567890123456789012345678901234567890123",
	};

	fill(&a, "甲");
	fill(&b, "甲");
	WRITE(ERR_OK, channel_credential_insert(&tx, &c, NOW));
	WRITE(ERR_EXISTS, channel_credential_insert(&tx, &c, NOW));
	OK(channel_credential_get(db, arena, a.id, ENVIRONMENT_FORMAL, &back));
	CU_ASSERT_PTR_NULL(back.channel_public);
	WRITE(ERR_OK, channel_credential_report(&tx, a.id, "C"));
	OK(channel_credential_of_same(db, arena, b.id, ENVIRONMENT_FORMAL, &back));
	CU_ASSERT_STRING_EQUAL(back.app_id, c.app_id);
	CU_ASSERT_STRING_EQUAL(back.channel_public, "C");
	CU_ASSERT_PTR_NOT_NULL(back.channel_code);
	CU_ASSERT_EQUAL(channel_credential_of_same(db, arena, b.id, ENVIRONMENT_TEST, &back),
	    ERR_NOT_FOUND);
	WRITE(ERR_OK, channel_credential_disable(&tx, a.id, NOW + 9));
	OK(channel_credential_get(db, arena, a.id, ENVIRONMENT_FORMAL, &back));
	CU_ASSERT_EQUAL(back.disabled_at, NOW + 9);
	CU_ASSERT_EQUAL(channel_credential_of_same(db, arena, b.id, ENVIRONMENT_FORMAL, &back),
	    ERR_NOT_FOUND);
}

static struct channel_credential
issued(int64_t application_id, const char *app_id, int64_t serial, const char *public)
{
	struct channel_credential c = {
		.application_id = application_id,
		.environment = ENVIRONMENT_FORMAL,
		.serial = serial,
		.app_id = app_id,
		.secret_sealed = "s",
		.platform_private_sealed = "p",
		.platform_public = "P",
		.channel_public = public,
	};

	WRITE(ERR_OK, channel_credential_insert(&tx, &c, NOW));
	OK(channel_credential_get(db, arena, application_id, ENVIRONMENT_FORMAL, &c));
	CU_ASSERT_EQUAL(c.serial, serial);
	return c;
}

static enum key_use
use_of(int64_t application_id, const char *key)
{
	enum key_use use = KEY_UNUSED;

	OK(channel_key_use(db, arena, application_id, key, &use));
	return use;
}

static void
revoked_keys_end_wherever_they_are_shared(void)
{
	int64_t a = test_number(), b = test_number();
	const char *app_id = test_key(), *key = test_key();
	struct channel_credential c = issued(a, app_id, 1, key), back;
	const struct channel_credential *all;
	size_t count;

	issued(b, app_id, 1, key);
	CU_ASSERT_TRUE(channel_credential_in_force(&c, NOW));
	OK(channel_credential_of_app(db, arena, app_id, ENVIRONMENT_FORMAL, &back));
	CU_ASSERT_EQUAL(use_of(a, key), KEY_UNUSED);
	WRITE(ERR_OK, channel_credential_revoke(&tx, &c, "密钥泄露", NOW + 1));
	OK(channel_credential_sharing(db, arena, app_id, ENVIRONMENT_FORMAL, &all, &count));
	CU_ASSERT_EQUAL_FATAL(count, 2);
	for (size_t i = 0; i < count; i++) {
		CU_ASSERT_EQUAL(all[i].disabled_at, NOW + 1);
		CU_ASSERT_STRING_EQUAL(all[i].reason, "密钥泄露");
		CU_ASSERT_FALSE(channel_credential_in_force(&all[i], NOW));
	}
	CU_ASSERT_EQUAL(channel_credential_of_app(db, arena, app_id, ENVIRONMENT_FORMAL, &back),
	    ERR_NOT_FOUND);
	/* its key is spent, until other keys carry it */
	CU_ASSERT_EQUAL(use_of(a, key), KEY_SPENT);
	CU_ASSERT_EQUAL(use_of(test_number(), key), KEY_SPENT);
	issued(a, app_id, 2, key);
	CU_ASSERT_EQUAL(use_of(a, key), KEY_UNUSED);
	OK(channel_credential_list(db, arena, a, &all, &count));
	CU_ASSERT_EQUAL_FATAL(count, 2);
	CU_ASSERT_EQUAL(all[0].serial, 2);
}

static void
a_key_is_good_for_one_institution_and_one_purpose(void)
{
	int64_t unit = new_unit(), institution = test_number();
	struct application a = new_draft(unit, institution), b = new_draft(unit, institution),
			   other = new_draft(unit, test_number());
	const char *first = test_key(), *second = test_key(), *of_test = test_key(),
		   *platform = test_key();
	struct channel_credential c = {
		.application_id = other.id,
		.environment = ENVIRONMENT_TEST,
		.serial = 1,
		.app_id = test_key(),
		.secret_sealed = "s",
		.platform_private_sealed = "p",
		.platform_public = platform,
		.channel_public = of_test,
	};

	WRITE(ERR_OK, channel_credential_insert(&tx, &c, NOW));
	CU_ASSERT_EQUAL(use_of(a.id, of_test), KEY_OF_TEST);
	CU_ASSERT_EQUAL(use_of(a.id, platform), KEY_OF_PLATFORM);
	CU_ASSERT_EQUAL(use_of(a.id, first), KEY_UNUSED);
	WRITE(ERR_OK, channel_key_add(&tx, a.id, first, 1, NOW));
	CU_ASSERT_EQUAL(use_of(a.id, first), KEY_UNUSED);
	CU_ASSERT_EQUAL(use_of(b.id, first), KEY_UNUSED); /* the same application anew: A-51 */
	CU_ASSERT_EQUAL(use_of(other.id, first), KEY_OF_OTHERS);
	WRITE(ERR_OK, channel_key_add(&tx, a.id, second, 1, NOW));
	CU_ASSERT_EQUAL(use_of(a.id, first), KEY_REPLACED);
	CU_ASSERT_EQUAL(use_of(a.id, second), KEY_UNUSED);
}

static void
replaced_keys_stay_valid_for_a_while_and_then_run_out(void)
{
	int64_t a = test_number();
	const char *app_id = test_key();
	struct channel_credential first = issued(a, app_id, 1, "C"), second, back;
	bool done = true;

	WRITE(ERR_OK, channel_credential_overlap(&tx, &first, "定期更换", NOW + 100, NOW));
	second = issued(a, app_id, 2, "D");
	OK(channel_credential_of_app(db, arena, app_id, ENVIRONMENT_FORMAL, &back));
	CU_ASSERT_EQUAL(back.id, second.id);
	OK(channel_credential_replaced(db, arena, app_id, ENVIRONMENT_FORMAL, NOW + 99, &back));
	CU_ASSERT_EQUAL(back.id, first.id);
	CU_ASSERT_TRUE(channel_credential_in_force(&back, NOW + 99));
	CU_ASSERT_FALSE(channel_credential_in_force(&back, NOW + 100));
	CU_ASSERT_EQUAL(channel_credential_replaced(db, arena, app_id, ENVIRONMENT_FORMAL,
			    NOW + 100, &back),
	    ERR_NOT_FOUND);
	WRITE(ERR_OK, channel_credential_expire(&tx, first.id, NOW + 99, &done));
	CU_ASSERT_FALSE(done);
	WRITE(ERR_OK, channel_credential_expire(&tx, first.id, NOW + 100, &done));
	CU_ASSERT_TRUE(done);
	WRITE(ERR_OK, channel_credential_expire(&tx, first.id, NOW + 101, &done));
	CU_ASSERT_FALSE(done);
	OK(channel_credential_by_id(db, arena, first.id, &back));
	CU_ASSERT_EQUAL(back.disabled_at, NOW + 100);
	/* a second overlap leaves two in force, not three */
	WRITE(ERR_OK, channel_credential_overlap(&tx, &second, "再次更换", NOW + 300, NOW + 200));
	struct channel_credential third = issued(a, app_id, 3, "E");
	OK(channel_credential_by_id(db, arena, second.id, &back));
	CU_ASSERT_EQUAL(back.valid_until, NOW + 300);
	/* the older ones end before their day, those in their place go on */
	WRITE(ERR_OK, channel_credential_end_older(&tx, &second, "密钥泄露", NOW + 220));
	OK(channel_credential_by_id(db, arena, second.id, &back));
	CU_ASSERT_EQUAL(back.disabled_at, NOW + 220);
	CU_ASSERT_STRING_EQUAL(back.reason, "密钥泄露");
	OK(channel_credential_by_id(db, arena, third.id, &back));
	CU_ASSERT_TRUE(channel_credential_in_force(&back, NOW + 220));
	/* 弃用 ends what is left */
	WRITE(ERR_OK, channel_credential_disable(&tx, a, NOW + 250));
	OK(channel_credential_by_id(db, arena, third.id, &back));
	CU_ASSERT_EQUAL(back.disabled_at, NOW + 250);
}

static void
the_newest_key_of_a_purpose_counts(void)
{
	const char *purpose = arena_printf(arena, "%.12s", test_key());
	struct platform_key key = { "public", "sealed" };

	CU_ASSERT_EQUAL(platform_key_get(db, arena, purpose, &key), ERR_NOT_FOUND);
	struct sql_settings as_admin = { .socket = getenv("PORTAL_DB_SOCKET"),
		.user = getenv("PORTAL_DB_ADMIN_USER"),
		.password = getenv("PORTAL_DB_ADMIN_PASSWORD"),
		.database = getenv("PORTAL_DB_NAME") };
	struct sql *worker = db;

	WRITE(ERR_INTERNAL, platform_key_add(&tx, purpose, &key, NOW)); /* not for workers */
	db = sql_new(&as_admin);
	WRITE(ERR_OK, platform_key_add(&tx, purpose, &key, NOW));
	key = (struct platform_key){ "newer", "sealed too" };
	WRITE(ERR_OK, platform_key_add(&tx, purpose, &key, NOW));
	sql_close(db);
	db = worker;
	OK(platform_key_get(db, arena, purpose, &key));
	CU_ASSERT_STRING_EQUAL(key.public_key, "newer");
	CU_ASSERT_STRING_EQUAL(key.private_sealed, "sealed too");
}

static void
sheets_and_channel_keys_are_kept(void)
{
	int64_t id = test_number();
	struct issued_sheet s = { test_key(), ENVIRONMENT_TEST, SHEET_PAYMENT, 1, NOW };
	const struct issued_sheet *sheets;
	const struct official_channel *channels;
	struct official_channel channel;
	struct channel_key key;
	size_t count;

	WRITE(ERR_OK, issued_sheet_insert(&tx, id, &s, NOW));
	s.number = test_key();
	WRITE(ERR_EXISTS, issued_sheet_insert(&tx, id, &s, NOW));
	OK(issued_sheet_list(db, arena, id, &sheets, &count));
	CU_ASSERT_EQUAL(count, 1);
	CU_ASSERT_EQUAL(channel_key_current(db, arena, id, &key), ERR_NOT_FOUND);
	WRITE(ERR_OK, channel_key_add(&tx, id, "old", 9, NOW));
	WRITE(ERR_OK, channel_key_add(&tx, id, "new", 9, NOW + 1));
	OK(channel_key_current(db, arena, id, &key));
	CU_ASSERT_STRING_EQUAL(key.public_key, "new");
	OK(official_channel_list(db, arena, "wechat", &channels, &count));
	OK(official_channel_list(db, arena, NULL, &channels, &count));
	CU_ASSERT_EQUAL(official_channel_get(db, arena, test_number(), &channel), ERR_NOT_FOUND);
}

static void
a_sheet_is_one_file_a_drawing(void)
{
	struct sheet_file back, f = {
		.number = test_key(),
		.digest = "0123456789012345678901234567890123456789012345678901234567890123",
		.signature = "s",
		.sm3 = "3",
		.sha256 = "2",
	};

	CU_ASSERT_EQUAL(sheet_file_get(db, arena, f.number, f.digest, &back), ERR_NOT_FOUND);
	WRITE(ERR_OK, sheet_file_add(&tx, &f, NOW));
	WRITE(ERR_EXISTS, sheet_file_add(&tx, &f, NOW));
	OK(sheet_file_get(db, arena, f.number, f.digest, &back));
	CU_ASSERT_STRING_EQUAL(back.signature, "s");
	CU_ASSERT_STRING_EQUAL(back.sha256, "2");
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "a key is good for one institution and one purpose",
		    a_key_is_good_for_one_institution_and_one_purpose },
		{ "credentials are issued once and shared by name",
		    credentials_are_issued_once_and_shared_by_name },
		{ "revoked keys end wherever they are shared",
		    revoked_keys_end_wherever_they_are_shared },
		{ "replaced keys stay valid for a while and then run out",
		    replaced_keys_stay_valid_for_a_while_and_then_run_out },
		{ "the newest key of a purpose counts", the_newest_key_of_a_purpose_counts },
		{ "sheets and channel keys are kept", sheets_and_channel_keys_are_kept },
		{ "a sheet is one file a drawing", a_sheet_is_one_file_a_drawing },
		CU_TEST_INFO_NULL,
	};

	return test_main("credential", tests);
}
