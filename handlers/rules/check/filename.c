#include "handlers/rules/check/filename.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/text.h"

static size_t
count_of(const char *text)
{
	size_t n = 0;

	for (; *text; n++)
		(void)text_next(&text);
	return n;
}

/* The byte where code point n begins. */
static size_t
offset_of(const char *text, size_t n)
{
	const char *p = text;

	while (*p && n-- > 0)
		(void)text_next(&p);
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
	/* a copy, so that a NUL is sure to follow */
	const char *from = arena_strndup(arena, bytes, size), *end = from + size;
	char *text = arena_alloc(arena, size + 1);
	size_t used = 0;

	while (from < end) {
		const char *start = from;
		int32_t point = text_next(&from);

		if (point < 0)
			return NULL;
		if (point == '/' || point == '\\') {
			used = 0; /* what came before was a folder */
		} else if (!text_is_hidden(point) && !(point == ' ' && used == 0)) {
			memcpy(text + used, start, (size_t)(from - start));
			used += (size_t)(from - start);
		}
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

const char *
filename_disposition(struct arena *arena, const char *name, bool shown)
{
	size_t nplain = 0;
	char *plain = arena_alloc(arena, strlen(name) + 1);

	/* for programs that know no RFC 8187: one sign for each other character */
	for (const char *p = name; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c >= ' ' && c < 0x7f && !strchr("\"\\%", c))
			plain[nplain++] = *p;
		else if ((c & 0xc0) != 0x80)
			plain[nplain++] = '_';
	}
	return arena_printf(arena, "%s; filename=\"%s\"; filename*=UTF-8''%s",
	    shown ? "inline" : "attachment", plain, bytes_percent(arena, name));
}
