#include "handlers/rules/filename.h"

#include <stdint.h>
#include <string.h>

/* Take one well-formed code point of UTF-8; its length in bytes, 0 when there is none. */
static size_t
take(const unsigned char *s, size_t size, uint32_t *ret)
{
	static const struct {
		unsigned char mask, lead;
		uint32_t least;
	} forms[] = { { 0x80, 0x00, 0 }, { 0xe0, 0xc0, 0x80 }, { 0xf0, 0xe0, 0x800 },
		{ 0xf8, 0xf0, 0x10000 } };

	for (size_t n = 0; n < 4; n++) {
		if ((s[0] & forms[n].mask) != forms[n].lead)
			continue;
		uint32_t c = s[0] & (uint32_t)(unsigned char)~forms[n].mask;

		for (size_t i = 1; i <= n; i++) {
			if (i >= size || (s[i] & 0xc0) != 0x80)
				return 0;
			c = c << 6 | (s[i] & 0x3fu);
		}
		if (c < forms[n].least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
			return 0;
		*ret = c;
		return n + 1;
	}
	return 0;
}

/* Does it not show, or change how the rest is read? */
static bool
is_hidden(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} ranges[] = {
		{ 0x00, 0x1f },      /* C0 */
		{ 0x7f, 0x9f },      /* DEL, C1 */
		{ 0xad, 0xad },      /* soft hyphen */
		{ 0x61c, 0x61c },    /* Arabic letter mark */
		{ 0x180e, 0x180e },  /* Mongolian vowel separator */
		{ 0x200b, 0x200f },  /* zero width, left-to-right and right-to-left marks */
		{ 0x2028, 0x202e },  /* line and paragraph ends, embeddings and overrides */
		{ 0x2060, 0x206f },  /* joiners, isolates */
		{ 0xfe00, 0xfe0f },  /* variation selectors */
		{ 0xfeff, 0xfeff },  /* byte order mark */
		{ 0xfff0, 0xffff },  /* specials */
		{ 0xe0000, 0xe0fff } /* tags */
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return true;
	return false;
}

static size_t
count_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

/* The byte where code point n begins. */
static size_t
offset_of(const char *text, size_t n)
{
	const char *p = text;

	for (; *p; p++)
		if (((unsigned char)*p & 0xc0) != 0x80 && n-- == 0)
			break;
	return (size_t)(p - text);
}

static const char *
extension_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot != name ? dot + 1 : "";
}

/* Characters go before the extension, unless that is what makes it long. */
static const char *
shortened(struct arena *arena, const char *name)
{
	const char *extension = extension_of(name);
	size_t have = count_of(name), tail = count_of(extension) + 1;

	if (have <= FILENAME_MAX_CHARACTERS)
		return name;
	if (*extension == '\0' || tail > FILENAME_MAX_CHARACTERS / 2)
		return arena_strndup(arena, name, offset_of(name, FILENAME_MAX_CHARACTERS));
	return arena_printf(arena, "%.*s.%s", (int)offset_of(name, FILENAME_MAX_CHARACTERS - tail),
	    name, extension);
}

const char *
filename_clean(struct arena *arena, const char *bytes, size_t size)
{
	const unsigned char *from = (const unsigned char *)bytes, *end = from + size;
	char *text = arena_alloc(arena, size + 1);
	size_t used = 0;

	while (from < end) {
		uint32_t c = 0;
		size_t len = take(from, (size_t)(end - from), &c);

		if (len == 0)
			return NULL;
		if (c == '/' || c == '\\')
			used = 0; /* what came before was a folder */
		else if (!is_hidden(c) && !(c == ' ' && used == 0)) {
			memcpy(text + used, from, len);
			used += len;
		}
		from += len;
	}
	while (used > 0 && (text[used - 1] == ' ' || text[used - 1] == '.'))
		used--;
	text[used] = '\0';
	return used > 0 ? shortened(arena, text) : NULL;
}

const char *
filename_extension(struct arena *arena, const char *name)
{
	const char *extension = extension_of(name);
	char *lower = arena_strndup(arena, extension, strlen(extension));

	for (char *p = lower; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return lower;
}

/* May it stand as it is in an RFC 8187 value? */
static bool
is_attr_char(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c != '\0' && strchr("!#$&+-.^_`|~", c));
}

const char *
filename_disposition(struct arena *arena, const char *name, bool shown)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t size = strlen(name), nplain = 0, nencoded = 0;
	char *plain = arena_alloc(arena, size + 1), *encoded = arena_alloc(arena, 3 * size + 1);

	for (const char *p = name; *p; p++) {
		unsigned char c = (unsigned char)*p;

		/* for programs that know no RFC 8187: one sign for each other character */
		if (c >= ' ' && c < 0x7f && !strchr("\"\\%", c))
			plain[nplain++] = *p;
		else if ((c & 0xc0) != 0x80)
			plain[nplain++] = '_';
		if (is_attr_char(c)) {
			encoded[nencoded++] = *p;
		} else {
			encoded[nencoded++] = '%';
			encoded[nencoded++] = digits[c >> 4];
			encoded[nencoded++] = digits[c & 15];
		}
	}
	return arena_printf(arena, "%s; filename=\"%s\"; filename*=UTF-8''%s",
	    shown ? "inline" : "attachment", plain, encoded);
}
