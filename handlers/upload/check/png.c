/* PNG: chunks from the signature to IEND, each with its checksum; the picture as large as it says. */
#include <zlib.h>

#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"
#include "handlers/upload/check/inflate.h"

#define PIXELS_MAX (50u << 20)

struct picture {
	uint64_t width, height, bits; /* of one pixel */
	bool interlaced;
	enum { BEFORE, DATA, BEHIND } place; /* of the next chunk, seen from IDAT */
	struct inflated data;
	uint64_t expected; /* bytes of all rows, each with its filter */
};

static uint64_t
rows(const struct picture *p, uint64_t width, uint64_t height)
{
	return width == 0 ? 0 : height * (1 + (width * p->bits + 7) / 8);
}

static uint64_t
expected_size(const struct picture *p)
{
	/* Adam7: first column, first row, steps */
	static const unsigned pass[7][4] = { { 0, 0, 8, 8 }, { 4, 0, 8, 8 }, { 0, 4, 4, 8 },
		{ 2, 0, 4, 4 }, { 0, 2, 2, 4 }, { 1, 0, 2, 2 }, { 0, 1, 1, 2 } };
	uint64_t size = 0;

	if (!p->interlaced)
		return rows(p, p->width, p->height);
	for (int i = 0; i < 7; i++)
		size += rows(p, (p->width + pass[i][2] - 1 - pass[i][0]) / pass[i][2],
		    (p->height + pass[i][3] - 1 - pass[i][1]) / pass[i][3]);
	return size;
}

static enum reason
header(struct picture *p, struct bytes c)
{
	static const unsigned samples[] = { 1, 0, 3, 1, 2, 0, 4 };
	unsigned depth = u8(c, 8), colour = u8(c, 9);

	p->width = be32(c, 0);
	p->height = be32(c, 4);
	if (c.size != 13 || p->width == 0 || p->height == 0 || colour > 6 || samples[colour] == 0 ||
	    u8(c, 10) != 0 || u8(c, 11) != 0 || u8(c, 12) > 1 || depth == 0 || depth > 16)
		return REASON_BROKEN;
	if (p->width > PIXELS_MAX || p->height > PIXELS_MAX || p->width * p->height > PIXELS_MAX)
		return REASON_PIXELS;
	p->bits = (uint64_t)depth * samples[colour];
	p->interlaced = u8(c, 12) == 1;
	p->expected = expected_size(p);
	return REASON_NONE;
}

static enum reason
data(struct picture *p, struct bytes c)
{
	if (p->place == BEHIND)
		return REASON_BROKEN;
	p->place = DATA;
	uint64_t used = p->data.used;
	inflate_more(&p->data, c, p->expected);
	/* after the end of the compressed data nobody looks */
	if (p->data.whole && p->data.used - used < c.size)
		return REASON_FOREIGN;
	return REASON_NONE;
}

static bool
is_known(struct bytes type)
{
	static const char known[] =
	    "PLTE cHRM cICP gAMA iCCP sBIT sRGB bKGD hIST tRNS pHYs sPLT tIME "
	    "eXIf oFFs pCAL sCAL acTL fcTL fdAT iDOT mDCv cLLi CgBI vpAg";

	for (size_t i = 0; i < sizeof(known) - 1; i += 5)
		if (holds(type, 0, known + i, 4))
			return true;
	return false;
}

static enum reason
chunk(struct picture *p, struct bytes type, struct bytes c)
{
	if (HOLDS(type, 0, "IDAT"))
		return data(p, c);
	if (p->place == DATA)
		p->place = BEHIND;
	if (HOLDS(type, 0, "eXIf"))
		return REASON_NONE; /* may hold a small JPEG */
	if (foreign_inside(c, 0) || (!is_known(type) && foreign_in_note(c)))
		return REASON_FOREIGN;
	/* keyword, NUL, text */
	if (HOLDS(type, 0, "tEXt") || HOLDS(type, 0, "iTXt") || HOLDS(type, 0, "zTXt"))
		if (foreign_in_note(after(c, FIND(c, 0, "\0") + 1)))
			return REASON_FOREIGN;
	return REASON_NONE;
}

static enum reason
at_end(const struct picture *p, struct bytes tail)
{
	if (p->place == BEFORE || !p->data.whole || p->data.size != p->expected)
		return REASON_BROKEN;
	if (is_blank(tail))
		return REASON_NONE;
	return foreign_in_note(tail) ? REASON_FOREIGN : REASON_TAIL;
}

static enum reason
walk(struct bytes file, struct picture *p)
{
	for (size_t at = 8; has(file, at, 12);) {
		uint64_t length = be32(file, at);
		struct bytes type = part(file, at + 4, 4), c = part(file, at + 8, length);

		if (!has(file, at + 12, length) ||
		    crc32(0, type.at, (unsigned)length + 4) != be32(file, at + 8 + length))
			return REASON_BROKEN;
		bool first = at == 8;
		at += 12 + (size_t)length;
		if (first != HOLDS(type, 0, "IHDR"))
			return REASON_BROKEN;
		if (HOLDS(type, 0, "IEND"))
			return length == 0 ? at_end(p, after(file, at)) : REASON_FOREIGN;
		enum reason reason = first ? header(p, c) : chunk(p, type, c);
		if (reason != REASON_NONE)
			return reason;
	}
	return REASON_BROKEN;
}

enum reason
inspect_png(struct bytes file, struct copy *copy)
{
	struct picture p = { .place = BEFORE };

	(void)copy;
	if (!HOLDS(file, 0, "\x89PNG\r\n\x1a\n"))
		return REASON_KIND;
	if (foreign_inside(after(file, 8), FOREIGN_JPG))
		return REASON_FOREIGN;
	inflate_begin(false);
	enum reason reason = walk(file, &p);
	inflate_end();
	return reason;
}
