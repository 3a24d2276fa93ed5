/* The checkers of files. One small sound file of each kind is a seed of the fuzzers. */
#include <ctype.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"
#include "handlers/upload/check/magic.h"
#include "tests/support/suite.h"

#define SEEDS "tests/fuzz/seeds/fuzz_inspect_"
#define ROOM 65536

typedef inspect_look check;
static const struct {
	const char *name; /* of its fuzzer, and in its folder of seeds */
	check *look;
} seeds[] = {
	{ "pdf/pdf", inspect_pdf },
	{ "pdf/packed_pdf", inspect_pdf },
	{ "jpg/jpg", inspect_jpg },
	{ "png/png", inspect_png },
	{ "mp4/mp4", inspect_mp4 },
	{ "zip/zip", inspect_zip },
	{ "rar/rar", inspect_rar },
	{ "rar/old_rar", inspect_rar },
	{ "doc/doc", inspect_doc },
	{ "docx/docx", inspect_docx },
};
#define SEED_COUNT (COUNT(seeds))

static unsigned char room[ROOM], copy_room[4 * ROOM];
static struct copy copy = { .room = copy_room, .max = sizeof(copy_room) };

static enum reason
look_at(check *look, struct bytes file)
{
	copy.size = 0;
	return look(file, &copy);
}

static struct bytes
seed(size_t i, check **ret)
{
	char path[200];

	snprintf(path, sizeof(path), SEEDS "%s", seeds[i].name);
	FILE *file = fopen(path, "re");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	size_t size = fread(room, 1, sizeof(room) - 1000, file);
	fclose(file);
	*ret = seeds[i].look;
	return (struct bytes){ room, size };
}

static void
a_sound_file_passes(void)
{
	check *look;

	for (size_t i = 0; i < SEED_COUNT; i++) {
		struct bytes file = seed(i, &look);

		CU_ASSERT_EQUAL(look_at(look, file), REASON_NONE);
		CU_ASSERT_EQUAL(copy.size, 0);
	}
}

/* Found wherever they stand, also at the very end, and none before they are whole. */
static void
a_mark_is_found_at_any_place(void)
{
	static const struct {
		const char *bytes;
		size_t size;
	} some[] = { { "endobj", 6 }, { "\x89PNG\r\n\x1a\n", 8 }, { "<hTmL", 5 },
		{ "7z\xbc\xaf\x27\x1c", 6 } };
	unsigned char *end = room + 300;

	for (size_t i = 0; i < COUNT(some); i++)
		for (size_t behind = 0; behind < 80; behind++)
			for (size_t before = 0; before < 80; before++) {
				size_t size = before + some[i].size + behind;
				unsigned char *at = end - size;

				memset(at, 'Z', size);
				memcpy(at + before, some[i].bytes, some[i].size);
				CU_ASSERT_TRUE(foreign_inside((struct bytes){ at, size }, 0));
				size = before + some[i].size - 1;
				CU_ASSERT_FALSE(foreign_inside((struct bytes){ at, size }, 0));
			}
}

/* Whether the whole file was looked through before changes no answer. */
static void
areas_of_a_known_file_are_answered_alike(void)
{
	check *look;

	for (size_t i = 0; i < SEED_COUNT; i++) {
		struct bytes file = seed(i, &look);

		for (size_t at = 0; at < file.size; at += 59)
			for (size_t size = 0; size < 200; size += 23)
				for (unsigned bit = 0; bit < 14; bit++) {
					foreign_forget();
					bool alone =
					    foreign_inside(part(file, at, size), 1u << bit);

					CU_ASSERT_TRUE(foreign_learn(file));
					CU_ASSERT_EQUAL(foreign_inside(part(file, at, size),
							    1u << bit),
					    alone);
				}
	}
	foreign_forget();
}

static size_t
last(struct bytes file, const char *word)
{
	size_t at = 0;

	for (size_t next; (next = find(file, at + 1, word, strlen(word))) < file.size;)
		at = next;
	return at;
}

/* Bytes that are not there may not be read: each beginning is put before a page that is not there. */
static void
no_beginning_of_a_file_passes(void)
{
	long page = sysconf(_SC_PAGESIZE);
	size_t most = ROOM + (size_t)page;
	unsigned char *place =
	    mmap(NULL, most, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	check *look;

	CU_ASSERT_EQUAL_FATAL(mprotect(place + ROOM, (size_t)page, PROT_NONE), 0);
	for (size_t i = 0; i < SEED_COUNT; i++) {
		struct bytes file = seed(i, &look);
		size_t end = file.size;

		if (look == inspect_doc)
			end -= 512; /* of its last sector no more than the beginning is needed */
		if (look == inspect_pdf)
			end = last(file, "startxref"); /* from there on it can be mended */
		while (isspace(room[end - 1]))
			end--;
		for (size_t size = 0; size < end; size += size < end - 300 && size > 300 ? 37 : 1) {
			memcpy(place + ROOM - size, room, size);
			CU_ASSERT_NOT_EQUAL(look_at(look,
						(struct bytes){ place + ROOM - size, size }),
			    REASON_NONE);
		}
	}
	munmap(place, most);
}

/* Refused; or what is kept is the sound file, without it: behind pictures cameras leave their notes. */
static void
is_not_kept(check *look, struct bytes file, struct bytes sound)
{
	enum reason reason = look_at(look, file);
	bool cut = look == inspect_jpg && copy.size == sound.size &&
		   memcmp(copy.room, sound.at, sound.size) == 0;

	CU_ASSERT_TRUE(reason != REASON_NONE || cut);
}

static void
nothing_may_stand_behind_or_before(void)
{
	static const char *const more[] = { "PK\x03\x04 and what follows", "<html>", "x",
		"%PDF-1.4 and so on" };
	check *look;

	for (size_t i = 0; i < SEED_COUNT; i++)
		for (size_t m = 0; m < COUNT(more); m++) {
			struct bytes file = seed(i, &look);
			size_t len = strlen(more[m]);

			memcpy(room + file.size, more[m], len);
			is_not_kept(look, (struct bytes){ room, file.size + len }, file);
			memmove(room + len, room, file.size);
			memcpy(room, more[m], len);
			CU_ASSERT_NOT_EQUAL(look_at(look, (struct bytes){ room, file.size + len }),
			    REASON_NONE);
		}
}

/* What every reader forgives: kept is a document without it, which has nothing left to mend. */
static void
a_blemished_pdf_is_mended(void)
{
	static const struct {
		const char *before, *behind;
	} some[] = { { "\xef\xbb\xbf", "" }, { "\r\n", "" },
		{ "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n", "" },
		{ "\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n", "\x1b%-12345X" }, { "", "\x1a" },
		{ "", "\r\n--boundary--\r\n" } };
	static unsigned char once[4 * ROOM];
	check *look;

	for (size_t i = 0; i < COUNT(some); i++) {
		struct bytes file = seed(0, &look);
		size_t before = strlen(some[i].before), behind = strlen(some[i].behind);

		memmove(room + before, room, file.size);
		memcpy(room, some[i].before, before);
		memcpy(room + before + file.size, some[i].behind, behind);
		CU_ASSERT_EQUAL(look_at(look, (struct bytes){ room, before + file.size + behind }),
		    REASON_NONE);
		CU_ASSERT_FATAL(copy.size > 0);
		memcpy(once, copy.room, copy.size);
		CU_ASSERT_EQUAL(look_at(look, (struct bytes){ once, copy.size }), REASON_NONE);
		CU_ASSERT_EQUAL(copy.size, 0);
	}
}

static bool
inside(const char *text, size_t size)
{
	return foreign_inside((struct bytes){ (const unsigned char *)text, size }, 0);
}
#define INSIDE(literal) inside(literal, sizeof(literal) - 1)

static void
marks_are_found_wherever_they_stand(void)
{
	CU_ASSERT_TRUE(INSIDE("....%PDF-1.4"));
	CU_ASSERT_TRUE(INSIDE("....<ScRiPt>"));
	CU_ASSERT_TRUE(INSIDE("\x89PNG\r\n\x1a\n"));
	CU_ASSERT_TRUE(INSIDE("...Rar!\x1a\x07\x01"));
	CU_ASSERT_TRUE(INSIDE("..PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\0\0"));
	/* by chance */
	CU_ASSERT_FALSE(INSIDE("..PK\x05\x06"));
	CU_ASSERT_FALSE(INSIDE("..PK\x03\x04\xff\xff\xff\xff...................."));
	CU_ASSERT_FALSE(INSIDE("%PDF <htm MZ"));
	CU_ASSERT_FALSE(INSIDE(""));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a sound file passes", a_sound_file_passes },
		{ "no beginning of a file passes", no_beginning_of_a_file_passes },
		{ "nothing may stand behind or before", nothing_may_stand_behind_or_before },
		{ "a blemished PDF is mended", a_blemished_pdf_is_mended },
		{ "marks are found wherever they stand", marks_are_found_wherever_they_stand },
		{ "a mark is found at any place", a_mark_is_found_at_any_place },
		{ "areas of a known file are answered alike",
		    areas_of_a_known_file_are_answered_alike },
		CU_TEST_INFO_NULL,
	};

	if (magic_init() != ERR_OK)
		return 2;
	return run_suite("inspect", tests);
}
