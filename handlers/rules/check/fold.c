#include "handlers/rules/check/fold.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/text.h"

/* What is not full width of something else, and still one of these. */
static const struct {
	int32_t from, to;
} same[] = {
	{ 0x3014, '(' }, { 0x3015, ')' }, /* 〔〕 */
	{ 0x3010, '(' }, { 0x3011, ')' }, /* 【】 */
	{ 0xfe59, '(' }, { 0xfe5a, ')' }, /* ﹙﹚ */
	{ '[', '(' }, { ']', ')' },       /* also of full width, which comes first */
	{ 0x2010, '-' }, { 0x2011, '-' }, { 0x2013, '-' }, { 0x2014, '-' }, { 0x2212, '-' },
	{ 0x2022, 0xb7 }, { 0x30fb, 0xb7 }, /* the dot in names of people */
};

static bool
is_blank(int32_t point)
{
	return point <= ' ' || point == 0xa0 || point == 0x3000 || point == 0x1680 ||
	       (point >= 0x2000 && point <= 0x200a) || point == 0x202f || point == 0x205f;
}

static int32_t
folded(int32_t point)
{
	if (point >= 0xff01 && point <= 0xff5e) /* ！ … ～ are ! … ~ */
		point -= 0xff01 - '!';
	for (size_t i = 0; i < COUNT(same); i++)
		if (same[i].from == point)
			point = same[i].to;
	return point >= 'a' && point <= 'z' ? point - 'a' + 'A' : point;
}

/* Never longer than what it was made of. */
static char *
put(char *to, int32_t point)
{
	uint32_t c = (uint32_t)point;

	if (c < 0x80) {
		*to++ = (char)c;
		return to;
	}
	if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*to++ = (char)(0xe0 | c >> 12);
		} else {
			*to++ = (char)(0xf0 | c >> 18);
			*to++ = (char)(0x80 | (c >> 12 & 0x3f));
		}
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (c & 0x3f));
	return to;
}

char *
fold_name(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) + 1), *to = out;

	while (*text) {
		int32_t point = text_next(&text);

		if (point >= 0 && !is_blank(point) && !text_is_hidden(point))
			to = put(to, folded(point));
	}
	*to = '\0';
	return out;
}

char *
fold_code(struct arena *arena, const char *text)
{
	static const char read[] = "IOSVZ", meant[] = "105U2";
	char *out = fold_name(arena, text);

	for (char *p = out; *p; p++) {
		const char *at = strchr(read, *p);

		if (at)
			*p = meant[at - read];
	}
	return out;
}
