/* The tus handlers, with a real store of files and a made up one of rows. */
#include "fcgi/base/array.h"
#include "handlers/upload/tus/tus.h"
#include "tests/fakes/people_store.h"
#include "tests/support/replied.h"
#include "tests/support/tus.h"

static void
a_creation_says_where_to_go_on(void)
{
	begin();
	CU_ASSERT_EQUAL(q.status, 201);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Tus-Resumable"), "1.0.0");
	CU_ASSERT_EQUAL(strncmp(reply_get(&q, "Location"), "/api/v1/uploads/", 16), 0);
	CU_ASSERT_EQUAL(strlen(reply_get(&q, "Location")), 16 + 32);
	CU_ASSERT_STRING_EQUAL(fake_upload_last()->name, "a.pdf");
	CU_ASSERT_STRING_EQUAL(fake_upload_last()->slot, "application_letter");
	CU_ASSERT_EQUAL(fake_upload_last()->unit_id, 70);
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.name, "upload.create");
	CU_ASSERT_EQUAL(fake_deeds.last.user_id, 7);
}

static void
what_cannot_become_a_file_is_refused_before_a_byte(void)
{
	static const struct {
		const char *length, *metadata;
		enum err err;
	} cases[] = {
		{ "20971521", LETTER, ERR_TOO_LARGE },
		{ "9223372036854775807", LETTER, ERR_TOO_LARGE },
		{ "99999999999999999999", LETTER, ERR_BAD_REQUEST },
		{ "0", LETTER, ERR_INVALID },
		{ "-1", LETTER, ERR_BAD_REQUEST },
		{ "", LETTER, ERR_BAD_REQUEST },
		{ NULL, LETTER, ERR_BAD_REQUEST },
		{ "10", NULL, ERR_BAD_REQUEST },
		{ "10", "", ERR_BAD_REQUEST },
		{ "10", LETTER ",other \xc3\xa4", ERR_BAD_REQUEST },
		{ "10", "slot YXBwbGljYXRpb25fbGV0dGVy", ERR_BAD_REQUEST },
		{ "10", "slot bm9fc2xvdA==,filename YS5wZGY=", ERR_INVALID },
		{ "10", "slot YXBwbGljYXRpb25fbGV0dGVy,filename YS5leGU=", ERR_INVALID },
		{ "10", "slot YXBwbGljYXRpb25fbGV0dGVy,filename /w==", ERR_INVALID },
		{ "10", "slot YXBwbGljYXRpb25fbGV0dGVy,filename !!", ERR_BAD_REQUEST },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		begin();
		CU_ASSERT_EQUAL(create(cases[i].length, cases[i].metadata), cases[i].err);
		CU_ASSERT_EQUAL(fake_uploads.count, 1);
	}
	begin();
	CU_ASSERT_EQUAL(create("22020096", LETTER), ERR_TOO_LARGE);
	CU_ASSERT_STRING_EQUAL(q.detail, "文件大小为 21.0M，超过 20M 限制");
}

static void
one_person_has_so_many_unfinished_ones(void)
{
	begin();
	for (int i = 1; i < 20; i++)
		CU_ASSERT_EQUAL(create("10", LETTER), ERR_OK);
	CU_ASSERT_EQUAL(create("10", LETTER), ERR_RATE_LIMITED);
}

/* A mark of the order of bytes before it: kept is a copy without, and what it was is written down. */
static void
a_blemished_file_is_kept_in_a_mended_copy(void)
{
	static const char blemished[] = "\xef\xbb\xbf" PDF;
	char length[20], came[20];

	begin();
	snprintf(came, sizeof(came), "%zu", sizeof(blemished) - 1);
	CU_ASSERT_EQUAL_FATAL(create(came, LETTER), ERR_OK);
	snprintf(key, sizeof(key), "%s", fake_upload_last()->id);
	CU_ASSERT_EQUAL(append(blemished, sizeof(blemished) - 1, 0), ERR_OK);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Upload-Offset"), came);
	CU_ASSERT_EQUAL(fake_upload_last()->state, UPLOAD_STORED);
	CU_ASSERT_EQUAL(fake_upload_last()->original_length, (int64_t)sizeof(blemished) - 1);
	CU_ASSERT_PTR_NOT_NULL_FATAL(fake_upload_last()->original_digest);
	CU_ASSERT_STRING_NOT_EQUAL(fake_upload_last()->original_digest, fake_upload_last()->digest);
	CU_ASSERT_TRUE(kept_exists(fake_upload_last()->digest));
	CU_ASSERT_FALSE(kept_exists(fake_upload_last()->original_digest));
	snprintf(length, sizeof(length), "%lld", (long long)fake_upload_last()->length);
	CU_ASSERT_STRING_NOT_EQUAL(length, came);
	arrive("HEAD", "/api/v1/uploads/x"); /* who sent it counts his own bytes */
	CU_ASSERT_EQUAL(upload_head(&q), ERR_OK);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Upload-Offset"), came);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Upload-Length"), came);
}

static void
pieces_become_a_stored_file(void)
{
	begin();
	CU_ASSERT_EQUAL(append(PDF, 10, 0), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 204);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Upload-Offset"), "10");
	CU_ASSERT_EQUAL(fake_upload_last()->received, 10);
	arrive("HEAD", "/api/v1/uploads/x");
	CU_ASSERT_EQUAL(upload_head(&q), ERR_OK);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Upload-Offset"), "10");
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Upload-Metadata"), LETTER);
	CU_ASSERT_EQUAL(append(PDF + 10, (size_t)SIZE - 10, 10), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 204);
	CU_ASSERT_EQUAL(fake_upload_last()->state, UPLOAD_STORED);
	CU_ASSERT_STRING_EQUAL(fake_upload_last()->type, "application/pdf");
	CU_ASSERT_TRUE(kept_exists(fake_upload_last()->digest));
	CU_ASSERT_FALSE(partial_exists());
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.name, "upload.store");
	/* nothing can be added to it any more */
	CU_ASSERT_EQUAL(append("", 0, SIZE), ERR_UPLOAD_OFFSET);
}

static void
another_content_is_refused_and_gone(void)
{
	begin();
	CU_ASSERT_EQUAL(append("MZ this is a program, whatever its name may say.", 40, 0), ERR_OK);
	static char rest[SIZE];
	CU_ASSERT_EQUAL(append(rest, (size_t)SIZE - 40, 40), ERR_INVALID);
	CU_ASSERT_STRING_EQUAL(q.detail, "文件内容不是 PDF，请选择 .pdf 文件");
	CU_ASSERT_EQUAL(fake_upload_last()->state, UPLOAD_REFUSED);
	CU_ASSERT_FALSE(partial_exists());
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.name, "upload.refuse");
	arrive("HEAD", "/api/v1/uploads/x");
	CU_ASSERT_EQUAL(upload_head(&q), ERR_NOT_FOUND);
	arrive("GET", "/api/v1/uploads/x");
	CU_ASSERT_EQUAL(upload_show(&q), ERR_OK);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(replied(&q), "state")), "refused");
}

static void
the_protocol_is_kept(void)
{
	begin();
	CU_ASSERT_EQUAL(append(PDF, 10, 5), ERR_UPLOAD_OFFSET);
	CU_ASSERT_EQUAL(append(PDF, (size_t)SIZE + 1, 0), ERR_TOO_LARGE);
	arrive_with(PDF, 10, 0);
	request_header(&q, "CONTENT_TYPE", "application/octet-stream");
	CU_ASSERT_EQUAL(upload_append(&q), ERR_UNSUPPORTED_TYPE);
	arrive_with(PDF, 10, 0);
	request_header(&q, "HTTP_TUS_RESUMABLE", "0.2.2");
	CU_ASSERT_EQUAL(upload_append(&q), ERR_TUS_VERSION);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Tus-Version"), "1.0.0");
	arrive_with(PDF, 10, 0);
	request_header(&q, "HTTP_UPLOAD_OFFSET", NULL);
	CU_ASSERT_EQUAL(upload_append(&q), ERR_BAD_REQUEST);
	fake_uploads.busy = true;
	CU_ASSERT_EQUAL(append(PDF, 10, 0), ERR_UPLOAD_BUSY);
	CU_ASSERT_FALSE(partial_exists());
	arrive("OPTIONS", "/api/v1/uploads");
	request_header(&q, "HTTP_TUS_RESUMABLE", NULL);
	CU_ASSERT_EQUAL(upload_options(&q), ERR_OK);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Tus-Extension"),
	    "creation,creation-with-upload,expiration,checksum,termination");
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Tus-Max-Size"), "31457280");
}

static void
a_stranger_sees_nothing(void)
{
	static const struct {
		unsigned role;
		int64_t user, unit, bureau;
		enum err writes, reads;
	} cases[] = {
		{ ROLE_OPERATOR, 7, 70, 0, ERR_OK, ERR_OK },
		{ ROLE_OPERATOR, 8, 70, 0, ERR_NOT_FOUND,
		    ERR_NOT_FOUND }, /* a colleague who does not hold the business */
		{ ROLE_UNIT, 70, 70, 0, ERR_NOT_FOUND, ERR_OK }, /* their unit */
		{ ROLE_UNIT, 7, 70, 0, ERR_NOT_FOUND, ERR_OK },  /* same number, other role */
		{ ROLE_OPERATOR, 7, 71, 0, ERR_NOT_FOUND,
		    ERR_NOT_FOUND }, /* for another unit now */
		{ ROLE_OPERATOR, 9, 71, 0, ERR_NOT_FOUND, ERR_NOT_FOUND },
		{ ROLE_NONE, 0, 0, 0, ERR_NOT_FOUND, ERR_NOT_FOUND },
		{ ROLE_AUDITOR, 7, 70, 0, ERR_NOT_FOUND, ERR_NOT_FOUND },
		{ ROLE_OFFICER, 7, 70, 3, ERR_NOT_FOUND,
		    ERR_NOT_FOUND }, /* partial: nothing filed */
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		begin();
		arrive_with(PDF, 10, 0);
		request_person(&q, cases[i].role, cases[i].user, cases[i].unit, cases[i].bureau);
		CU_ASSERT_EQUAL(upload_append(&q), cases[i].writes);
		arrive("HEAD", "/api/v1/uploads/x");
		request_person(&q, cases[i].role, cases[i].user, cases[i].unit, cases[i].bureau);
		CU_ASSERT_EQUAL(upload_head(&q), cases[i].writes);
		arrive("GET", "/api/v1/uploads/x");
		request_person(&q, cases[i].role, cases[i].user, cases[i].unit, cases[i].bureau);
		CU_ASSERT_EQUAL(upload_show(&q), cases[i].reads);
		arrive("DELETE", "/api/v1/uploads/x");
		request_person(&q, cases[i].role, cases[i].user, cases[i].unit, cases[i].bureau);
		CU_ASSERT_EQUAL(upload_end(&q), cases[i].writes);
	}
}

static void
content_is_sent_by_nginx_and_noted(void)
{
	begin();
	arrive("GET", "/api/v1/uploads/x/content");
	CU_ASSERT_EQUAL(upload_content(&q), ERR_NOT_FOUND); /* not there yet */
	CU_ASSERT_EQUAL(append(PDF, (size_t)SIZE, 0), ERR_OK);
	unsigned written = fake_deeds.written;
	arrive("GET", "/api/v1/uploads/x/content");
	CU_ASSERT_EQUAL(upload_content(&q), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 200);
	CU_ASSERT_STRING_EQUAL(q.content_type, "application/pdf");
	CU_ASSERT_EQUAL(strncmp(reply_get(&q, "X-Accel-Redirect"), "/_store/", 8), 0);
	CU_ASSERT_EQUAL(strncmp(reply_get(&q, "Content-Disposition"), "inline;", 7), 0);
	CU_ASSERT_EQUAL(fake_deeds.written, written + 1);
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.name, "upload.view");
	arrive("GET", "/api/v1/uploads/x/content");
	q.query[q.nquery++] = (struct param){ "download", "1" };
	CU_ASSERT_EQUAL(upload_content(&q), ERR_OK);
	CU_ASSERT_EQUAL(strncmp(reply_get(&q, "Content-Disposition"), "attachment;", 11), 0);
}

static void
an_officer_reads_what_was_filed_with_his_bureau(void)
{
	begin();
	CU_ASSERT_EQUAL(append(PDF, (size_t)SIZE, 0), ERR_OK);
	fake_uploads.reader = 3;
	arrive("GET", "/api/v1/uploads/x/content");
	request_person(&q, ROLE_OFFICER, 9, 0, 3);
	request_header(&q, "HTTP_SEC_FETCH_DEST", "iframe");
	CU_ASSERT_EQUAL(upload_content(&q), ERR_OK);
	CU_ASSERT_EQUAL(fake_deeds.last.role, ROLE_OFFICER);
	arrive("GET", "/api/v1/uploads/x/content");
	request_person(&q, ROLE_OFFICER, 9, 0, 4);
	CU_ASSERT_EQUAL(upload_content(&q), ERR_NOT_FOUND);
	arrive("GET", "/api/v1/uploads/x/content");
	request_person(&q, ROLE_OFFICER, 9, 0, 0);
	fake_uploads.reader = 0;
	CU_ASSERT_EQUAL(upload_content(&q), ERR_NOT_FOUND);
}

static void
giving_up_takes_the_bytes_along(void)
{
	begin();
	CU_ASSERT_EQUAL(append(PDF, 10, 0), ERR_OK);
	CU_ASSERT_TRUE(partial_exists());
	arrive("DELETE", "/api/v1/uploads/x");
	CU_ASSERT_EQUAL(upload_end(&q), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 204);
	CU_ASSERT_FALSE(partial_exists());
	CU_ASSERT_EQUAL(fake_uploads.count, 0);
	begin();
	CU_ASSERT_EQUAL(append(PDF, (size_t)SIZE, 0), ERR_OK);
	arrive("DELETE", "/api/v1/uploads/x");
	CU_ASSERT_EQUAL(upload_end(&q), ERR_WRONG_STATE);
	CU_ASSERT_TRUE(kept_exists(fake_upload_last()->digest));
}

static enum err
append_summed(const char *sum)
{
	arrive_with(PDF, 10, 0);
	request_header(&q, "HTTP_UPLOAD_CHECKSUM", sum);
	return upload_append(&q);
}

static void
a_piece_that_differs_from_its_checksum_never_came(void)
{
	static const char *const right[] = { "sha1 Zc7+Rb9rcXqWomBX7PuWtUrRIh8=",
		"sha256 w3ygnZGbhU0U99Abbvq73EX415zsnD7mk1HEx2KJncI=" };

	for (int i = 0; i < 2; i++) {
		begin();
		CU_ASSERT_EQUAL(append_summed("sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="), ERR_CHECKSUM);
		CU_ASSERT_EQUAL(fake_upload_last()->received, 0);
		CU_ASSERT_EQUAL(append_summed("md5 AAAAAAAAAAAAAAAAAAAAAA=="), ERR_BAD_REQUEST);
		CU_ASSERT_EQUAL(append_summed("sha1 AAAA"), ERR_BAD_REQUEST);
		CU_ASSERT_EQUAL(append_summed("sha1"), ERR_BAD_REQUEST);
		CU_ASSERT_EQUAL(append_summed(right[i]), ERR_OK);
		CU_ASSERT_EQUAL(fake_upload_last()->received, 10);
		CU_ASSERT_EQUAL(append(PDF + 10, (size_t)SIZE - 10, 10), ERR_OK);
		CU_ASSERT_EQUAL(fake_upload_last()->state, UPLOAD_STORED);
	}
}

static enum err
create_with(const char *bytes, size_t size, const char *type)
{
	static char length[20];

	snprintf(length, sizeof(length), "%lld", (long long)SIZE);
	arrive("POST", "/api/v1/uploads");
	request_header(&q, "HTTP_UPLOAD_LENGTH", length);
	request_header(&q, "HTTP_UPLOAD_METADATA", LETTER);
	request_header(&q, "CONTENT_TYPE", type);
	request_body(&q, bytes, size);
	return upload_create(&q);
}

static void
a_creation_may_bring_the_first_bytes(void)
{
	static const char type[] = "application/offset+octet-stream";

	begin();
	CU_ASSERT_EQUAL(create_with(PDF, 10, type), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 201);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Upload-Offset"), "10");
	CU_ASSERT_EQUAL(fake_upload_last()->received, 10);
	CU_ASSERT_EQUAL(create_with(PDF, (size_t)SIZE, type), ERR_OK);
	CU_ASSERT_EQUAL(q.status, 201);
	CU_ASSERT_EQUAL(fake_upload_last()->state, UPLOAD_STORED);
	CU_ASSERT_EQUAL(create_with(PDF, 10, "text/plain"), ERR_UNSUPPORTED_TYPE);
	CU_ASSERT_EQUAL(create_with(PDF, (size_t)SIZE + 1, type), ERR_TOO_LARGE);
	CU_ASSERT_EQUAL(fake_uploads.count, 3);
}

static void
an_unfinished_upload_says_when_it_goes(void)
{
	begin();
	/* 1700000000 and a day */
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Upload-Expires"), "Wed, 15 Nov 2023 22:13:20 GMT");
	CU_ASSERT_EQUAL(append(PDF, 10, 0), ERR_OK);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Upload-Expires"), "Wed, 15 Nov 2023 22:13:20 GMT");
	arrive("HEAD", "/api/v1/uploads/x");
	CU_ASSERT_EQUAL(upload_head(&q), ERR_OK);
	CU_ASSERT_STRING_EQUAL(reply_get(&q, "Upload-Expires"), "Wed, 15 Nov 2023 22:13:20 GMT");
}

static void
one_person_begins_so_many_bytes_a_day(void)
{
	begin();
	people.units[0] = (struct unit){ .id = 70, .certification = CERTIFICATION_PASSED };
	fake_upload_last()->length = ((int64_t)2 << 30) - 100;
	CU_ASSERT_EQUAL(create("100", LETTER), ERR_OK);
	CU_ASSERT_EQUAL(create("1", LETTER), ERR_RATE_LIMITED);
	fake_upload_last()->created_at -= 24 * 60 * 60 + 1;
	CU_ASSERT_EQUAL(create("100", LETTER), ERR_OK);
}

static void
before_it_is_certified_a_unit_sends_little(void)
{
	begin();
	people.units[0] = (struct unit){ .id = 70, .certification = CERTIFICATION_MANUAL };
	fake_upload_last()->length = ((int64_t)100 << 20) - 100;
	CU_ASSERT_EQUAL(create("100", LETTER), ERR_OK);
	CU_ASSERT_EQUAL(create("1", LETTER), ERR_RATE_LIMITED);
	people.units[0].certification = CERTIFICATION_PASSED;
	CU_ASSERT_EQUAL(create("1", LETTER), ERR_OK);
}

static void
metadata_is_read_strictly(void)
{
	static const struct {
		const char *header;
		const char *value; /* of the key "slot"; NULL: refused */
	} cases[] = {
		{ "slot eA==", "x" },
		{ "filename YQ==,slot eA==", "x" },
		{ "filename YQ==, slot eA==", "x" },
		{ "empty,slot eA==", "x" },
		{ "slot", "" },
		{ "slots eA==", NULL },
		{ "slot eA==,slot eA==", NULL },
		{ "slot eA", NULL },
		{ "slot  eA==", NULL },
		{ ",slot eA==", NULL },
		{ "slot eA==,", NULL },
		{ " ", NULL },
	};
	const char *value;
	size_t size;

	begin();
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum err e = tus_metadata(q.arena, cases[i].header, "slot", &value, &size);

		CU_ASSERT_EQUAL(e, cases[i].value ? ERR_OK : ERR_BAD_REQUEST);
		if (e == ERR_OK && cases[i].value) {
			CU_ASSERT_EQUAL(size, strlen(cases[i].value));
			CU_ASSERT_STRING_EQUAL(value, cases[i].value);
		}
	}
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a creation says where to go on", a_creation_says_where_to_go_on },
		{ "what cannot become a file is refused before a byte",
		    what_cannot_become_a_file_is_refused_before_a_byte },
		{ "one person has so many unfinished ones",
		    one_person_has_so_many_unfinished_ones },
		{ "a blemished file is kept in a mended copy",
		    a_blemished_file_is_kept_in_a_mended_copy },
		{ "pieces become a stored file", pieces_become_a_stored_file },
		{ "another content is refused and gone", another_content_is_refused_and_gone },
		{ "the protocol is kept", the_protocol_is_kept },
		{ "a stranger sees nothing", a_stranger_sees_nothing },
		{ "content is sent by nginx and noted", content_is_sent_by_nginx_and_noted },
		{ "an officer reads what was filed with his bureau",
		    an_officer_reads_what_was_filed_with_his_bureau },
		{ "giving up takes the bytes along", giving_up_takes_the_bytes_along },
		{ "a piece that differs from its checksum never came",
		    a_piece_that_differs_from_its_checksum_never_came },
		{ "a creation may bring the first bytes", a_creation_may_bring_the_first_bytes },
		{ "an unfinished upload says when it goes",
		    an_unfinished_upload_says_when_it_goes },
		{ "one person begins so many bytes a day", one_person_begins_so_many_bytes_a_day },
		{ "before it is certified a unit sends little",
		    before_it_is_certified_a_unit_sends_little },
		{ "metadata is read strictly", metadata_is_read_strictly },
		CU_TEST_INFO_NULL,
	};

	return run_with_uploads("upload", tests);
}
