/* Uploads while a virus scanner is asked, with a real store of files and made up rows. */
#include "handlers/upload/clamd.h"
#include "sql/application/upload_scan.h"
#include "tests/support/replied.h"
#include "tests/support/tus.h"

/* With a scanner: nobody waits for it but officers, who open nothing that was not looked at. */
static void
a_stored_file_waits_for_the_virus_scanner(void)
{
	begin();
	clamd_settings.socket = "/run/clamd";
	CU_ASSERT_EQUAL(append(PDF, (size_t)SIZE, 0), ERR_OK);
	clamd_settings.socket = "";
	CU_ASSERT_EQUAL(q.status, 204);
	CU_ASSERT_EQUAL(fake_uploads.scan_jobs, 1);
	arrive("GET", "/api/v1/uploads/x");
	CU_ASSERT_EQUAL(upload_show(&q), ERR_OK);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(replied(&q), "scan")), "waiting");
	arrive("GET", "/api/v1/uploads/x/content");
	CU_ASSERT_EQUAL(upload_content(&q), ERR_OK);
	fake_uploads.reader = 3;
	arrive("GET", "/api/v1/uploads/x/content");
	request_person(&q, ROLE_OFFICER, 9, 0, 3);
	CU_ASSERT_EQUAL(upload_content(&q), ERR_WRONG_STATE);
	CU_ASSERT_STRING_EQUAL(q.detail, "文件正在进行安全检测，请稍后再查看");
	fake_uploads.scan = SCAN_CLEAN;
	arrive("GET", "/api/v1/uploads/x/content");
	request_person(&q, ROLE_OFFICER, 9, 0, 3);
	request_header(&q, "HTTP_SEC_FETCH_DEST", "iframe");
	CU_ASSERT_EQUAL(upload_content(&q), ERR_OK);
}

/* What is in quarantine is read by nobody. */
static void
an_infected_file_is_read_by_nobody(void)
{
	begin();
	CU_ASSERT_EQUAL(append(PDF, (size_t)SIZE, 0), ERR_OK);
	fake_upload_last()->state = UPLOAD_QUARANTINED;
	fake_uploads.scan = SCAN_INFECTED;
	fake_uploads.reader = 3;
	arrive("GET", "/api/v1/uploads/x/content");
	CU_ASSERT_EQUAL(upload_content(&q), ERR_NOT_FOUND);
	arrive("GET", "/api/v1/uploads/x/content");
	request_person(&q, ROLE_OFFICER, 9, 0, 3);
	CU_ASSERT_EQUAL(upload_content(&q), ERR_NOT_FOUND);
	arrive("GET", "/api/v1/uploads/x");
	CU_ASSERT_EQUAL(upload_show(&q), ERR_OK);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(replied(&q), "scan")), "infected");
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a stored file waits for the virus scanner",
		    a_stored_file_waits_for_the_virus_scanner },
		{ "an infected file is read by nobody", an_infected_file_is_read_by_nobody },
		CU_TEST_INFO_NULL,
	};

	return run_with_uploads("upload_scan", tests);
}
