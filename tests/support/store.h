#ifndef TESTS_SUPPORT_STORE_H
#define TESTS_SUPPORT_STORE_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/store/file.h"
#include "tests/support/suite.h"

/* A store of files in a folder of its own, for unit tests of it; one test program, one store. */

/* Bytes that come, in small reads. */
struct coming {
	const char *bytes;
	size_t left, at_once;
	bool cut; /* ends with an error instead of an end */
};

static inline ssize_t
read_coming(void *from, void *bytes, size_t size)
{
	struct coming *c = from;
	size_t n = size < c->at_once ? size : c->at_once;

	n = n < c->left ? n : c->left;
	if (n == 0)
		return c->cut ? -1 : 0;
	memcpy(bytes, c->bytes, n);
	c->bytes += n;
	c->left -= n;
	return (ssize_t)n;
}

#define ID "0123456789abcdef0123456789abcdef"

static char store[] = "/tmp/test_file.XXXXXX";
static struct arena *arena;

static inline enum err
append(int64_t offset, const char *text, int64_t size, bool cut, int64_t *ret_end)
{
	struct coming coming = { text, strlen(text), 7, cut };
	struct body_source body = { read_coming, &coming };

	return file_append(store, ID, offset, &body, size, ret_end);
}

static inline int64_t
size_now(void)
{
	int64_t size = -1;

	CU_ASSERT_EQUAL(file_size(store, ID, &size), ERR_OK);
	return size;
}

static inline bool
exists(const char *path)
{
	char full[500];

	snprintf(full, sizeof(full), "%s/%s", store, path);
	return access(full, F_OK) == 0;
}

/* Puts `text` into the store; its digest in the arena. */
static inline const char *
keep(const char *text)
{
	int64_t end;
	const char *digest = "";
	int fd = -1;

	file_drop(store, ID);
	CU_ASSERT_EQUAL(append(0, text, (int64_t)strlen(text), false, &end), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(file_open(store, ID, &fd), ERR_OK);
	CU_ASSERT_EQUAL(file_digest(fd, "sha256", arena, &digest), ERR_OK);
	close(fd);
	CU_ASSERT_EQUAL(file_keep(store, ID, digest), ERR_OK);
	return digest;
}

static inline const char *
place_of(const char *digest)
{
	char *place = arena_alloc(arena, FILE_PLACE_SIZE);

	file_place(digest, place);
	return place;
}

/* Runs a suite in a fresh store; to be returned from main(). */
static inline int
run_in_store(const char *name, CU_TestInfo *tests)
{
	char remove[600];

	if (!mkdtemp(store))
		return 2;
	arena = arena_new(1 << 20);
	int failed = run_suite(name, tests);
	arena_free(arena);
	snprintf(remove, sizeof(remove), "rm -rf '%s'", store);
	return system(remove) != 0 || failed;
}

#endif
