#ifndef TESTS_SUPPORT_TUS_H
#define TESTS_SUPPORT_TUS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/upload/check/magic.h"
#include "handlers/upload/upload.h"
#include "tests/fakes/deed_store.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"
#include "tests/fakes/upload_store.h"
#include "tests/support/request.h"
#include "tests/support/suite.h"

/* One operator and one upload, with a real store of files and a made up one of rows. */

#define LETTER "slot YXBwbGljYXRpb25fbGV0dGVy,filename YS5wZGY=" /* application_letter, a.pdf */
#define PDF                                                                                        \
	"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"                                   \
	"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"                                       \
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"                             \
	"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n"                                    \
	"0000000052 00000 n \n0000000101 00000 n \n"                                               \
	"trailer<</Size 4/Root 1 0 R>>\nstartxref\n160\n%%EOF\n"
#define SIZE ((int64_t)sizeof(PDF) - 1)

static char store[] = "/tmp/test_upload.XXXXXX";
static struct config config = { .store = store, .store_digest = "sha256" };
static struct req q;
static char key[33];

static inline void
arrive(const char *method, const char *path)
{
	request_begin(&q, method, path);
	q.config = &config;
	request_person(&q, ROLE_OPERATOR, 7, 70, 0);
	people.grants[0] = (struct grant){ .business = BUSINESS_MOBILE_PAYMENT, .operator_id = 7 };
	request_header(&q, "HTTP_TUS_RESUMABLE", "1.0.0");
	q.key = key;
}

static inline enum err
create(const char *length, const char *metadata)
{
	arrive("POST", "/api/v1/uploads");
	request_header(&q, "HTTP_UPLOAD_LENGTH", length);
	request_header(&q, "HTTP_UPLOAD_METADATA", metadata);
	return upload_create(&q);
}

static inline void
begin(void)
{
	char length[20];

	fake_sql_reset();
	fake_uploads_reset();
	fake_deeds = (struct fake_deeds){ 0 };
	snprintf(length, sizeof(length), "%lld", (long long)SIZE);
	CU_ASSERT_EQUAL_FATAL(create(length, LETTER), ERR_OK);
	snprintf(key, sizeof(key), "%s", fake_upload_last()->id);
}

static inline void
arrive_with(const char *bytes, size_t size, int64_t offset)
{
	static char text[24];

	arrive("PATCH", "/api/v1/uploads/x");
	snprintf(text, sizeof(text), "%lld", (long long)offset);
	request_header(&q, "HTTP_UPLOAD_OFFSET", text);
	request_header(&q, "CONTENT_TYPE", "application/offset+octet-stream");
	request_body(&q, bytes, size);
}

static inline enum err
append(const char *bytes, size_t size, int64_t offset)
{
	arrive_with(bytes, size, offset);
	return upload_append(&q);
}

static inline bool
exists(const char *path)
{
	char full[500];

	snprintf(full, sizeof(full), "%s/%s", store, path);
	return access(full, F_OK) == 0;
}

static inline bool
partial_exists(void)
{
	char path[100];

	snprintf(path, sizeof(path), "partial/%s", key);
	return exists(path);
}

static inline bool
kept_exists(const char *sm3)
{
	char place[FILE_PLACE_SIZE];

	file_place(sm3, place);
	return exists(place);
}

/* Runs a suite in a fresh store; to be returned from main(). */
static inline int
run_with_uploads(const char *name, CU_TestInfo *tests)
{
	char remove[600];

	if (!mkdtemp(store) || magic_init() != ERR_OK)
		return 2;
	int failed = run_suite(name, tests);
	req_release(&q);
	arena_free(q.arena);
	snprintf(remove, sizeof(remove), "rm -rf '%s'", store);
	return system(remove) != 0 || failed;
}

#endif
