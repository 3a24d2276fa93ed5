/* The last piece of an upload, with each call to the database failed once. */
#include "tests/support/tus.h"

/*
 * Fail each call to the store while a piece, and then the last piece, arrives:
 * nothing is half, and the client that asks how far it came always gets there.
 */
static void
whatever_fails_the_upload_can_go_on(void)
{
	for (unsigned nth = 1;; nth++) {
		begin();
		CU_ASSERT_EQUAL(append(PDF, 10, 0), ERR_OK);
		fake_sql_reset();
		fake_sql.fail_at = nth;
		enum err e = append(PDF + 10, (size_t)SIZE - 10, 10);
		bool reached = fake_sql.calls >= nth;

		fake_sql.fail_at = 0;
		if (!reached) {
			CU_ASSERT_EQUAL(e, ERR_OK);
			break;
		}
		CU_ASSERT_EQUAL(e, ERR_UNAVAILABLE);
		CU_ASSERT_EQUAL(fake_sql.committed, 0);
		CU_ASSERT_EQUAL(fake_upload_last()->state, UPLOAD_PARTIAL);
		arrive("HEAD", "/api/v1/uploads/x");
		CU_ASSERT_EQUAL(upload_head(&q), ERR_OK);
		int64_t offset = atoll(reply_get(&q, "Upload-Offset"));
		CU_ASSERT(offset == 10 || offset == 0);
		CU_ASSERT_EQUAL(append(PDF + offset, (size_t)(SIZE - offset), offset), ERR_OK);
		CU_ASSERT_EQUAL(fake_upload_last()->state, UPLOAD_STORED);
		CU_ASSERT_TRUE(kept_exists(fake_upload_last()->digest));
	}
}

static void
whatever_fails_a_refusal_is_whole(void)
{
	static char bad[SIZE] = "not a PDF";

	for (unsigned nth = 1;; nth++) {
		begin();
		fake_sql_reset();
		fake_sql.fail_at = nth;
		enum err e = append(bad, (size_t)SIZE, 0);
		bool reached = fake_sql.calls >= nth;

		fake_sql.fail_at = 0;
		if (!reached) {
			CU_ASSERT_EQUAL(e, ERR_INVALID);
			break;
		}
		CU_ASSERT_EQUAL(e, ERR_UNAVAILABLE);
		CU_ASSERT_EQUAL(fake_upload_last()->state, UPLOAD_PARTIAL);
		CU_ASSERT_EQUAL(append(bad, (size_t)SIZE, 0), ERR_INVALID);
		CU_ASSERT_FALSE(partial_exists());
	}
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "whatever fails, the upload can go on", whatever_fails_the_upload_can_go_on },
		{ "whatever fails, a refusal is whole", whatever_fails_a_refusal_is_whole },
		CU_TEST_INFO_NULL,
	};

	return run_with_uploads("upload_faults", tests);
}
