/* Marks of formats: what they look like, and where they stand in a file. */
#include "handlers/upload/check/marks.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

#include "fcgi/base/array.h"
#include "handlers/upload/check/scan.h"

#define LIT(text) text, sizeof(text) - 1

struct mark {
	unsigned bit;
	const char *bytes;
	size_t size;
};

static const struct mark marks[] = {
	{ FOREIGN_PDF_HEAD, LIT("%PDF-") },
	{ FOREIGN_PDF, LIT("startxref") },
	{ FOREIGN_PDF, LIT("endobj") },
	{ FOREIGN_POSTSCRIPT, LIT("%!PS-Adobe-") },
	{ FOREIGN_PNG, LIT("\x89PNG\r\n\x1a\n") },
	{ FOREIGN_GIF, LIT("GIF87a") },
	{ FOREIGN_GIF, LIT("GIF89a") },
	{ FOREIGN_RAR, LIT("Rar!\x1a\x07") },
	{ FOREIGN_RAR, LIT("7z\xbc\xaf\x27\x1c") },
	{ FOREIGN_OLE, LIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") },
	{ FOREIGN_PAGE, LIT("#!/bin/") },
	{ FOREIGN_PAGE, LIT("#!/usr/") },
	{ FOREIGN_OTHER, LIT("ustar\00000") }, /* tar, then GNU's */
	{ FOREIGN_OTHER, LIT("ustar  \0") },
	{ FOREIGN_OTHER, LIT("\x01"
			     "CD001\x01") },
	{ FOREIGN_OTHER, LIT("MSCF\0\0\0\0") },
	{ FOREIGN_OTHER, LIT("fLaC\0\0\0\"") },
	{ FOREIGN_OTHER, LIT("OggS\0\x02") },
	{ FOREIGN_OTHER, LIT("MThd\0\0\0\x06") },
	{ FOREIGN_OTHER, LIT("{\\rtf1") },
	{ FOREIGN_OTHER, LIT("!<arch>\n") },
	{ FOREIGN_OTHER, LIT("SQLite format 3") },
	{ FOREIGN_OTHER, LIT("dex\n03") },
	{ FOREIGN_OTHER, LIT("8BPS\0\x01\0\0") },
	{ FOREIGN_OTHER, LIT("gimp xcf ") },
	{ FOREIGN_OTHER, LIT("BZh91AY&SY") },
	{ FOREIGN_OTHER, LIT("\xfd"
			     "7zXZ\0") },
	{ FOREIGN_OTHER, LIT("asm\x01\0\0\0") },
	{ FOREIGN_OTHER, LIT("xar!\0\x1c\0\x01") },
	{ FOREIGN_OTHER, LIT("**ACE**") },
	{ FOREIGN_OTHER, LIT(" Archive.\x1a") }, /* ZOO */
	{ FOREIGN_OTHER, LIT("koly\0\0\0\x04\0\0\x02\0") },
	{ FOREIGN_OTHER, LIT("YUV4MPEG2 ") },
};

/* In any case of letters. */
static const char *const tags[] = { "<html", "<script", "<!doctype html", "<?php", "<iframe",
	"<svg " };

static bool
is_local_header(struct bytes b, size_t at)
{
	unsigned version = le16(b, at + 4), flags = le16(b, at + 6), method = le16(b, at + 8);
	unsigned name = le16(b, at + 26);
	bool known = method == 0 || method == 8 || method == 9 || method == 12 || method == 14 ||
		     method == 93 || method == 95 || method == 98 || method == 99;

	return HOLDS(b, at, "PK\x03\x04") && has(b, at, 30) && (version & 0xff) <= 63 &&
	       (flags & 0xd780) == 0 && known && name <= 1024 && has(b, at + 30, name);
}

static bool
is_zip_end(struct bytes b, size_t at)
{
	uint32_t size = le32(b, at + 12), offset = le32(b, at + 16);
	bool wide = size == UINT32_MAX || offset == UINT32_MAX;

	return HOLDS(b, at, "PK\x05\x06") && has(b, at, 22) &&
	       le16(b, at + 8) == le16(b, at + 10) && (wide || (uint64_t)size <= at) &&
	       has(b, at + 22, le16(b, at + 20));
}

static bool
is_jpeg(struct bytes b, size_t at)
{
	return HOLDS(b, at, "\xff\xd8\xff") &&
	       (HOLDS(b, at + 6, "JFIF\0") || HOLDS(b, at + 6, "Exif\0") ||
		   HOLDS(b, at + 6, "ICC_PROFILE\0") || HOLDS(b, at + 6, "Adobe"));
}

static bool
is_movie(struct bytes b, size_t at)
{
	static const char *const brands[] = { "isom", "iso2", "iso4", "iso5", "iso6", "mp41",
		"mp42", "avc1", "M4V ", "qt  ", "3gp4", "3gp5", "3gp6", "dash", "MSNV", "heic",
		"avif" };
	uint32_t size = at >= 4 ? be32(b, at - 4) : 0;

	if (size < 16 || size > 4096 || !HOLDS(b, at, "ftyp"))
		return false;
	for (size_t i = 0; i < COUNT(brands); i++)
		if (holds(b, at + 4, brands[i], 4))
			return true;
	return false;
}

/* Digits only, as cpio writes its numbers; SIZE_MAX when they are none. */
static size_t
cpio_number(struct bytes b, size_t at, int count, int base)
{
	char digits[9] = "", *end;

	if (!has(b, at, (size_t)count))
		return SIZE_MAX;
	memcpy(digits, b.at + at, (size_t)count);
	if (!isxdigit((unsigned char)digits[0]))
		return SIZE_MAX;
	size_t n = strtoul(digits, &end, base);
	return end == digits + count ? n : SIZE_MAX;
}

/* Behind its header stands a name, with NUL at its end: among other digits it does not. */
static bool
is_cpio(struct bytes b, size_t at)
{
	bool old = HOLDS(b, at, "070707");
	size_t head = old ? 76 : 110;
	size_t name = old ? cpio_number(b, at + 59, 6, 8) : cpio_number(b, at + 94, 8, 16);

	if (!old && !HOLDS(b, at, "070701") && !HOLDS(b, at, "070702"))
		return false;
	return name > 1 && name <= 4096 && has(b, at + head, name) &&
	       memchr(b.at + at + head, '\0', name) == b.at + at + head + name - 1;
}

/* ARJ, RAR before 2, cpio, LHA: their readers pass over what stands before them. */
static bool
is_old_archive(struct bytes b, size_t at)
{
	size_t size = le16(b, at + 2);

	if (HOLDS(b, at, "\x60\xea"))
		return size >= 30 && size <= 2600 && has(b, at + 4, size + 4) &&
		       crc32(0, b.at + at + 4, (unsigned)size) == le32(b, at + 4 + size);
	if (HOLDS(b, at, "RE~^"))
		return le16(b, at + 4) >= 7 && le16(b, at + 4) < 0x100 && u8(b, at + 6) >= 0x80;
	if (is_cpio(b, at))
		return true;
	return HOLDS(b, at, "-lh") && u8(b, at + 4) == '-' && at >= 2 && u8(b, at - 2) > 20 &&
	       u8(b, at + 17) == 0x20 && u8(b, at + 18) <= 2;
}

/* Four letters, a size, four letters; or Matroska's head and what it calls itself. */
static bool
is_film_or_sound(struct bytes b, size_t at)
{
	struct bytes head = part(b, at, 64);

	if (HOLDS(b, at, "RIFF"))
		return HOLDS(b, at + 8, "WAVEfmt ") || HOLDS(b, at + 8, "AVI LIST") ||
		       HOLDS(b, at + 8, "WEBPVP8");
	return HOLDS(b, at, "\x1a\x45\xdf\xa3") &&
	       (FIND(head, 4, "webm") < head.size || FIND(head, 4, "matroska") < head.size);
}

static bool
is_program(struct bytes b, size_t at)
{
	uint32_t header = le32(b, at + 0x3c);

	if (HOLDS(b, at,
		"\x7f"
		"ELF"))
		return u8(b, at + 4) - 1 < 2 && u8(b, at + 5) - 1 < 2 && u8(b, at + 6) == 1;
	return HOLDS(b, at, "MZ") && header >= 0x40 && header < 0x10000 &&
	       HOLDS(b, at + header, "PE\0\0");
}

static bool
says(struct bytes b, size_t at, const char *text)
{
	size_t len = strlen(text);

	return has(b, at, len) && strncasecmp((const char *)b.at + at, text, len) == 0;
}

static unsigned
mark_at(struct bytes b, size_t at)
{
	for (size_t i = 0; i < COUNT(marks); i++)
		if (b.at[at] == (unsigned char)marks[i].bytes[0] &&
		    holds(b, at, marks[i].bytes, marks[i].size))
			return marks[i].bit;
	if (b.at[at] == '<')
		for (size_t i = 0; i < COUNT(tags); i++)
			if (says(b, at, tags[i]))
				return FOREIGN_PAGE;
	if (is_local_header(b, at))
		return FOREIGN_ZIP;
	if (is_zip_end(b, at))
		return FOREIGN_ZIP_END;
	if (is_jpeg(b, at))
		return FOREIGN_JPG;
	if (is_movie(b, at))
		return FOREIGN_MP4;
	if (is_film_or_sound(b, at) || is_old_archive(b, at))
		return FOREIGN_OTHER;
	return is_program(b, at) ? FOREIGN_PROGRAM : 0;
}

/* ---- where they are ------------------------------------------------------------ */

enum { TAGS = SCAN_GROUPS - 2, PROGRAMS };
#define PLACES_MAX ((size_t)1 << 18)

/* The marks of one whole file, in order. */
static struct {
	struct bytes file;
	size_t count;
	uint32_t places[PLACES_MAX];
} known;

/* In both cases of its letters. */
static void
note_tag(const char *tag)
{
	for (unsigned upper = 0; upper < 4; upper++) {
		char second = (char)(upper & 1 ? toupper((unsigned char)tag[1]) : tag[1]);
		char third = (char)(upper & 2 ? toupper((unsigned char)tag[2]) : tag[2]);

		scan_add((const char[]){ tag[0], second, third }, TAGS);
	}
}

static void
note_all(void)
{
	static const char *const others[] = { "PK\x03", "PK\x05", "\xff\xd8\xff", "fty", "RIF",
		"\x1a\x45\xdf", "\177EL", "RE~", "070", "-lh" };
	static bool ready;

	if (ready)
		return;
	for (size_t i = 0; i < COUNT(marks); i++)
		scan_add(marks[i].bytes, (unsigned)i % TAGS);
	for (size_t i = 0; i < COUNT(others); i++)
		scan_add(others[i], (unsigned)i % TAGS);
	for (size_t i = 0; i < COUNT(tags); i++)
		note_tag(tags[i]);
	for (int c = 0; c < 256; c++) { /* of these only two are known */
		scan_add((const char[]){ 'M', 'Z', (char)c }, PROGRAMS);
		scan_add((const char[]){ '\x60', '\xea', (char)c }, PROGRAMS);
	}
	ready = true;
}

/* The first mark from `at` on of those not allowed; area.size when there is none. */
static size_t
next_mark(struct bytes area, size_t at, unsigned allowed)
{
	for (; (at = scan_next(area, at)) < area.size; at++)
		if (mark_at(area, at) & ~allowed)
			return at;
	return area.size;
}

bool
foreign_learn(struct bytes file)
{
	note_all();
	known.file = (struct bytes){ 0 };
	known.count = 0;
	for (size_t at = 0; (at = next_mark(file, at, 0)) < file.size; at++) {
		if (known.count == PLACES_MAX || at > UINT32_MAX)
			return false;
		known.places[known.count++] = (uint32_t)at;
	}
	known.file = file;
	return true;
}

void
foreign_forget(void)
{
	known.file = (struct bytes){ 0 };
}

/* Of the known marks, the first at or behind `at`. */
static size_t
first_known(size_t at)
{
	size_t low = 0, high = known.count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (known.places[middle] < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool
foreign_inside(struct bytes area, unsigned allowed)
{
	note_all();
	if (!known.file.at || area.at < known.file.at ||
	    area.at + area.size > known.file.at + known.file.size)
		return next_mark(area, 0, allowed) < area.size;
	size_t start = (size_t)(area.at - known.file.at);
	for (size_t i = first_known(start); i < known.count; i++) {
		size_t at = known.places[i] - start;

		if (at + 1 >= area.size)
			break;
		if (mark_at(area, at) & ~allowed) /* again: it may end behind the area */
			return true;
	}
	return false;
}
