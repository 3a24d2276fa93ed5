#include "handlers/rules/kinds.h"
#include "sql/channel_key.h"
#include "sql/credential.h"
#include "sql/official_channel.h"
#include "sql/sheet.h"
#include "tests/db/applications.h"

static void
credentials_are_issued_once_and_shared_by_name(void)
{
	int64_t unit = new_unit(), institution = test_number();
	struct application a = new_draft(unit, institution), b = new_draft(unit, institution);
	struct channel_credential back, c = {
		.application_id = a.id,
		.environment = ENVIRONMENT_FORMAL,
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

static void
sheets_and_channel_keys_are_kept(void)
{
	int64_t id = test_number();
	struct issued_sheet s = { test_key(), ENVIRONMENT_TEST, SHEET_PAYMENT, NOW };
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

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "credentials are issued once and shared by name",
		    credentials_are_issued_once_and_shared_by_name },
		{ "sheets and channel keys are kept", sheets_and_channel_keys_are_kept },
		CU_TEST_INFO_NULL,
	};

	return test_main("credential", tests);
}
