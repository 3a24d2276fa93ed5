#include "handlers/upload/check/known.h"

#include "fcgi/base/array.h"
#include "handlers/upload/check/archive.h"

#define LIT(text) text, sizeof(text) - 1

static const struct known {
	size_t at;
	const char *bytes;
	size_t size;
	enum reason reason;
} knowns[] = {
	{ 8, LIT("WEBPVP8"), REASON_IS_WEBP },
	{ 4, LIT("ftypheic"), REASON_IS_HEIC },
	{ 4, LIT("ftypheix"), REASON_IS_HEIC },
	{ 4, LIT("ftypmif1"), REASON_IS_HEIC },
	{ 4, LIT("ftypmsf1"), REASON_IS_HEIC },
	{ 4, LIT("ftypavif"), REASON_IS_HEIC },
	{ 0, LIT("GIF8"), REASON_IS_GIF },
	{ 0, LIT("BM"), REASON_IS_BMP },
	{ 0, LIT("II*\0"), REASON_IS_TIFF },
	{ 0, LIT("MM\0*"), REASON_IS_TIFF },
	{ 0, LIT("7z\xbc\xaf\x27\x1c"), REASON_IS_ARCHIVE },
	{ 0, LIT("\x1f\x8b\x08"), REASON_IS_ARCHIVE },
	{ 0, LIT("BZh"), REASON_IS_ARCHIVE },
	{ 0,
	    LIT("\xfd"
		"7zXZ"),
	    REASON_IS_ARCHIVE },
	{ 257, LIT("ustar"), REASON_IS_ARCHIVE },
	{ 0, LIT("{\\rtf"), REASON_IS_TEXT },
	{ 0, LIT("<html"), REASON_IS_TEXT },
	{ 0, LIT("<!DOCTYPE html"), REASON_IS_TEXT },
	{ 0, LIT("<?xml"), REASON_IS_TEXT },
	{ 0, LIT("MIME-Version:"), REASON_IS_TEXT },
	{ 8, LIT("AVI "), REASON_IS_FILM },
	{ 0, LIT("\x1a\x45\xdf\xa3"), REASON_IS_FILM },
	{ 0, LIT("FLV\x01"), REASON_IS_FILM },
	{ 0, LIT("\x30\x26\xb2\x75\x8e\x66\xcf\x11"), REASON_IS_FILM },
	{ 4, LIT("moov"), REASON_IS_FILM },
	{ 4, LIT("mdat"), REASON_IS_FILM },
	{ 4, LIT("wide"), REASON_IS_FILM },
};

/* A program that unpacks what it carries. */
static bool
is_self_extracting(struct bytes file)
{
	return FIND(file, 0, "Rar!\x1a\x07") < file.size ||
	       FIND(file, 0, "7z\xbc\xaf\x27\x1c") < file.size ||
	       FIND(file, 0, "PK\x03\x04") < file.size;
}

enum reason
known_as(struct bytes file)
{
	if (archive_judge_content(file) != REASON_NONE)
		return is_self_extracting(file) ? REASON_IS_SFX : REASON_IS_PROGRAM;
	for (size_t i = 0; i < COUNT(knowns); i++)
		if (holds(file, knowns[i].at, knowns[i].bytes, knowns[i].size))
			return knowns[i].reason;
	return REASON_KIND;
}

bool
known_picture(struct bytes file)
{
	enum reason reason = known_as(file);

	if (reason == REASON_IS_WEBP)
		return HOLDS(file, 0, "RIFF") &&
		       (uint64_t)le32(file, 4) + 8 == file.size + file.size % 2;
	if (reason == REASON_IS_HEIC)
		return be32(file, 0) >= 16 && be32(file, 0) <= 64 &&
		       HOLDS(file, (uint64_t)be32(file, 0) + 4, "meta");
	return reason == REASON_IS_TIFF;
}
