#include "fcgi/base/text.h"

#include <stddef.h>
#include <string.h>

#include "fcgi/base/array.h"

/* Characters that reorder or hide text, or end a line, have no place in an answer. */
/* clang-format off */
static const struct {
	uint32_t first, last;
} unwanted[] = {
	{ 0x00,    0x1f },
	{ 0x7f,    0x9f },
	{ 0xad,    0xad },    /* soft hyphen */
	{ 0x200b,  0x200f },  /* zero width, direction */
	{ 0x2028,  0x202e },  /* line and paragraph ends, direction */
	{ 0x2060,  0x206f },  /* invisible signs, direction */
	{ 0xfeff,  0xfeff },  /* byte order mark */
	{ 0xfff9,  0xfffb },  /* annotation */
	{ 0xe0000, 0xe007f }, /* tags */
};
/* clang-format on */

int32_t
text_next(const char **text)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	const char *p = *text;
	unsigned char lead = (unsigned char)*p++;
	size_t more = lead < 0x80 ? 0 : lead >> 5 == 6 ? 1 : lead >> 4 == 14 ? 2 : 3;
	uint32_t point = more == 0 ? lead : lead & (0x3fu >> more);
	bool well_formed = more < 3 || lead >> 3 == 30;

	for (size_t i = 0; well_formed && i < more; i++) {
		well_formed = (unsigned char)*p >> 6 == 2; /* also stops at the end */
		if (well_formed)
			point = point << 6 | ((unsigned char)*p++ & 0x3fu);
	}
	*text = p;
	bool half = point >= 0xd800 && point <= 0xdfff; /* of a pair in UTF-16 */
	return !well_formed || half || point < least[more] || point > 0x10ffff ? -1
									       : (int32_t)point;
}

bool
text_is_hidden(int32_t point)
{
	for (size_t i = 0; i < COUNT(unwanted); i++)
		if ((uint32_t)point >= unwanted[i].first && (uint32_t)point <= unwanted[i].last)
			return true;
	return false;
}

int64_t
text_length(const char *s, bool multiline)
{
	int64_t count = 0;

	for (; *s; count++) {
		int32_t point = text_next(&s);

		if (point < 0)
			return -1;
		if (multiline && (point == '\n' || point == '\t'))
			continue;
		if (text_is_hidden(point))
			return -1;
	}
	return count;
}

static const char *const blanks[] = { " ", "\t", "\r", "\n", "\u00a0", "\u3000" };

/* Bytes of the blank `s` begins with, or, from the end of `len` bytes, ends with; 0 for none. */
static size_t
blank_at(const char *s, size_t len, bool at_end)
{
	for (size_t i = 0; i < COUNT(blanks); i++) {
		size_t size = strlen(blanks[i]);

		if (size <= len && memcmp(at_end ? s + len - size : s, blanks[i], size) == 0)
			return size;
	}
	return 0;
}

/* Passes over the blanks at both ends. */
static void
trim(const char **s, size_t *len)
{
	size_t n;

	while ((n = blank_at(*s, *len, false)))
		*s += n, *len -= n;
	while ((n = blank_at(*s, *len, true)))
		*len -= n;
}

char *
text_trim(char *s)
{
	const char *from = s;
	size_t len = strlen(s);

	trim(&from, &len);
	char *begin = s + (from - s);
	begin[len] = '\0';
	return begin;
}

char *
text_trimmed(struct arena *arena, const char *s)
{
	size_t len = strlen(s);
	char *copy, *to;

	trim(&s, &len);
	copy = to = arena_strndup(arena, s, len);
	for (const char *from = copy; *from; from++)
		if (from[0] != '\r' || from[1] != '\n')
			*to++ = *from;
	*to = '\0';
	return copy;
}

bool
text_is_blank(const char *s)
{
	size_t len = strlen(s), n;

	while ((n = blank_at(s, len, false)))
		s += n, len -= n;
	return len == 0;
}

const char *
text_cut(struct arena *arena, const char *s, size_t bytes)
{
	size_t end = strnlen(s, bytes + 1);

	if (end <= bytes)
		return s;
	for (end = bytes; end > 0 && ((unsigned char)s[end] & 0xc0) == 0x80; end--)
		continue;
	return arena_strndup(arena, s, end);
}
