#include "handlers/upload/inspect/foreign.h"

#include <ctype.h>
#include <strings.h>

#define PDF_HEAD 1024
#define LIT(text) text, sizeof(text) - 1

struct mark {
	unsigned bit;
	const char *bytes;
	size_t size;
};

static const struct mark marks[] = {
	{ FOREIGN_PDF, LIT("%PDF-") },
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
};

/* In any case of letters. */
static const char *const tags[] = { "<html", "<script", "<!doctype html", "<?php", "<iframe",
	"<svg " };

static const char *const words[] = { "alert(", "eval(", "document.write", "document.cookie",
	"document.location", "window.location", "function(", "require(", "*/=", "powershell",
	"wscript" };

static const struct mark starts[] = {
	{ 0, LIT("MZ") },
	{ 0, LIT("PK\x03\x04") },
	{ 0, LIT("PK\x05\x06") },
	{ 0, LIT("\xff\xd8\xff") },
	{ 0, LIT("\x7f"
		 "ELF") },
	{ 0, LIT("\x1f\x8b\x08") },
	{ 0, LIT("BZh") },
	{ 0, LIT("\xfd"
		 "7zXZ") },
	{ 0, LIT("\xca\xfe\xba\xbe") },
	{ 0, LIT("%!PS") },
	{ 0, LIT("{\\rtf") },
	{ 0, LIT("ID3") },
	{ 0, LIT("RIFF") },
	{ 0, LIT("OggS") },
	{ 0, LIT("\x1a\x45\xdf\xa3") },
	{ 0, LIT("II*") },
	{ 0, LIT("MM\0*") },
	{ 0, LIT("#!") },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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
	if (is_film_or_sound(b, at))
		return FOREIGN_OTHER;
	return is_program(b, at) ? FOREIGN_PROGRAM : 0;
}

/* Small, so that it stays in the nearest cache; and the large one that is asked after it. */
static unsigned char firsts[256], known[65536];

static void
note_pair(int first, int second)
{
	firsts[(unsigned char)first] = 1;
	known[(unsigned char)first << 8 | (unsigned char)second] = 1;
}

/*
 * The two bytes any mark begins with, so that all others are passed with one
 * look: in 20 MB the rest of a mark is compared some thousand times.
 */
static void
note_pairs(void)
{
	static const char others[][2] = { { 'P', 'K' }, { '\xff', '\xd8' }, { 'f', 't' },
		{ 'R', 'I' }, { '\x1a', '\x45' }, { '\x7f', 'E' }, { 'M', 'Z' } };
	static bool ready;

	if (ready)
		return;
	for (size_t i = 0; i < COUNT(marks); i++)
		note_pair(marks[i].bytes[0], marks[i].bytes[1]);
	for (size_t i = 0; i < COUNT(tags); i++) {
		note_pair(tags[i][0], tags[i][1]);
		note_pair(tags[i][0], toupper((unsigned char)tags[i][1]));
	}
	for (size_t i = 0; i < COUNT(others); i++)
		note_pair(others[i][0], others[i][1]);
	ready = true;
}

bool
foreign_inside(struct bytes area, unsigned allowed)
{
	note_pairs();
	for (size_t at = 0; at + 1 < area.size; at++)
		if (firsts[area.at[at]] && known[area.at[at] << 8 | area.at[at + 1]] &&
		    (mark_at(area, at) & ~allowed))
			return true;
	return false;
}

bool
foreign_at_its_place(struct bytes file)
{
	return HOLDS(file, 128, "DICM") || HOLDS(file, 257, "ustar") ||
	       HOLDS(file, 0x8001, "CD001") || HOLDS(file, 0x8801, "CD001") ||
	       HOLDS(file, 0x9001, "CD001");
}

bool
begins_as_pdf(struct bytes file)
{
	struct bytes head = part(file, 0, PDF_HEAD);

	return FIND(head, 0, "%PDF-") < head.size;
}

bool
is_blank(struct bytes area)
{
	for (size_t i = 0; i < area.size; i++)
		if (area.at[i] != '\0' && !isspace(area.at[i]))
			return false;
	return true;
}

/* "<" and a letter, "!" or "?": a page of some kind; XMP is not one. */
static bool
is_page_start(struct bytes b)
{
	unsigned next = u8(b, 1);

	if (u8(b, 0) != '<' || says(b, 0, "<?xpacket") || says(b, 0, "<x:xmpmeta"))
		return false;
	return isalpha((int)next) || next == '!' || next == '?' || next == '%';
}

static bool
in_gap(struct bytes area, unsigned allowed)
{
	size_t skip = 0;

	if (foreign_inside(area, allowed))
		return true;
	while (skip < area.size && (area.at[skip] == '\0' || isspace(area.at[skip])))
		skip++;
	struct bytes text = after(area, skip);
	for (size_t i = 0; i < COUNT(starts); i++)
		if (holds(text, 0, starts[i].bytes, starts[i].size))
			return true;
	return is_page_start(text) || HOLDS(text, 4, "ftyp");
}

bool
foreign_in_gap(struct bytes area)
{
	return in_gap(area, 0);
}

bool
foreign_in_note(struct bytes area)
{
	return foreign_in_note_but(area, 0);
}

bool
foreign_in_note_but(struct bytes area, unsigned allowed)
{
	if (in_gap(area, allowed))
		return true;
	for (size_t at = 0; at < area.size; at++)
		for (size_t i = 0; i < COUNT(words); i++)
			if (tolower(area.at[at]) == words[i][0] && says(area, at, words[i]))
				return true;
	return false;
}
