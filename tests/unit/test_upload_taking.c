/* Who among the officers takes a file along, and who only looks at it. */
#include "fcgi/http/session.h"
#include "handlers/common/who.h"
#include "tests/support/tus.h"

static enum err
officer_asks(const char *destination, bool download, bool may)
{
	arrive("GET", "/api/v1/uploads/x/content");
	request_person(&q, ROLE_OFFICER, 9, 0, 3);
	request_header(&q, "HTTP_SEC_FETCH_DEST", destination);
	json_object_set_new(q.session->data, WHO_MAY_DOWNLOAD, json_boolean(may));
	if (download)
		q.query[q.nquery++] = (struct param){ "download", "1" };
	return upload_content(&q);
}

static void
only_who_may_takes_a_file_along(void)
{
	begin();
	CU_ASSERT_EQUAL(append(PDF, (size_t)SIZE, 0), ERR_OK);
	fake_uploads.reader = 3;
	CU_ASSERT_EQUAL(officer_asks("iframe", false, false), ERR_OK);
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.name, "upload.view");
	CU_ASSERT_EQUAL(officer_asks("document", false, false), ERR_FORBIDDEN);
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.name, "upload.deny");
	CU_ASSERT_PTR_NULL(reply_get(&q, "X-Accel-Redirect"));
	CU_ASSERT_EQUAL(officer_asks(NULL, false, false), ERR_FORBIDDEN);
	CU_ASSERT_EQUAL(officer_asks("iframe", true, false), ERR_FORBIDDEN);
	CU_ASSERT_EQUAL(officer_asks("empty", false, false), ERR_FORBIDDEN);
	CU_ASSERT_EQUAL(officer_asks("script", false, false), ERR_FORBIDDEN);
	CU_ASSERT_EQUAL(officer_asks("", false, false), ERR_FORBIDDEN);
	CU_ASSERT_EQUAL(officer_asks("image", false, false), ERR_OK);
	CU_ASSERT_EQUAL(officer_asks("video", false, false), ERR_OK);
	CU_ASSERT_EQUAL(officer_asks("document", false, true), ERR_OK);
	CU_ASSERT_EQUAL(officer_asks(NULL, true, true), ERR_OK);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "only who may takes a file along", only_who_may_takes_a_file_along },
		CU_TEST_INFO_NULL,
	};

	return run_with_uploads("upload_taking", tests);
}
