/* Text that should hold a JSON object, as people's programs really write it. */
#include "handlers/selftest/loose.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/text.h"
#include "handlers/selftest/value_read.h"

/* Kept open: glibc loads a library for each that it opens. */
static iconv_t
converter(const char *to, const char *from)
{
	static struct {
		const char *to, *from;
		iconv_t cd;
	} known[16];
	size_t i = 0;

	while (i < COUNT(known) - 1 && known[i].to &&
	       (strcmp(known[i].to, to) != 0 || strcmp(known[i].from, from) != 0))
		i++;
	if (!known[i].to) {
		known[i].to = to;
		known[i].from = from;
		known[i].cd = iconv_open(to, from);
	}
	return known[i].cd;
}

/* Both names are constants. */
static bool
convert(struct written *out, const char *to, const char *from, const char *bytes, size_t size)
{
	iconv_t cd = converter(to, from);
	char piece[512], *in = (char *)(uintptr_t)bytes; /* iconv() does not write there */
	bool good = cd != (iconv_t)-1;

	if (good)
		iconv(cd, NULL, NULL, NULL, NULL);
	while (good && size) {
		char *at = piece;
		size_t left = sizeof(piece), before = size;

		good = iconv(cd, &in, &size, &at, &left) != (size_t)-1 || size < before;
		text_put(out, piece, (size_t)(at - piece));
	}
	return good;
}

bool
text_from(struct written *out, const char *charset, const char *bytes, size_t size)
{
	return convert(out, "UTF-8", charset, bytes, size);
}

bool
text_to(struct written *out, const char *charset, const char *bytes, size_t size)
{
	return convert(out, charset, "UTF-8", bytes, size);
}

bool
is_written(struct arena *arena, const unsigned char *bytes, size_t size)
{
	const char *text = arena_strndup(arena, (const char *)bytes, size), *at = text;

	while (*at) {
		int32_t point = text_next(&at);

		if (point < 0 || (point < ' ' && !strchr("\t\r\n", (int)point)))
			return false;
	}
	return size > 0 && at == text + size;
}

bool
is_hex(const char *text)
{
	return *text && !text[strspn(text, "0123456789abcdefABCDEF")];
}

char *
lower_case(struct arena *arena, const char *text)
{
	char *lower = arena_strndup(arena, text, strlen(text));

	for (char *c = lower; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return lower;
}

static int
digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

char *
url_decoded(struct arena *arena, const char *text, size_t size, bool plus, size_t *ret_size)
{
	char *out = arena_alloc(arena, size + 1);
	size_t n = 0;

	for (size_t i = 0; i < size; i++) {
		int high = text[i] == '%' && size - i > 2 ? digit(text[i + 1]) : -1;
		int low = high >= 0 ? digit(text[i + 2]) : -1;

		if (low >= 0) {
			out[n++] = (char)(high << 4 | low);
			i += 2;
		} else {
			out[n++] = plus && text[i] == '+' ? ' ' : text[i];
		}
	}
	out[n] = '\0';
	*ret_size = n;
	return out;
}

static bool
is_object(struct arena *arena, const char *text, size_t size, struct loose *ret)
{
	ret->text = text;
	ret->size = size;
	if (value_read(arena, text, size, &ret->value) != ERR_OK)
		return false;
	if (ret->value->kind == VALUE_TEXT) {
		ret->wrapped = true;
		ret->text = ret->value->text;
		ret->size = strlen(ret->text);
		if (value_read(arena, ret->text, ret->size, &ret->value) != ERR_OK)
			return false;
	}
	return ret->value->kind == VALUE_OBJECT;
}

/* As its BOM or its first NUL says; else what holds GBK, which most bytes are. */
static const char *
charset_of(const char *bytes, size_t size)
{
	if (size >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || (bytes[0] && !bytes[1])))
		return "UTF-16LE";
	if (size >= 2 && (memcmp(bytes, "\xfe\xff", 2) == 0 || (!bytes[0] && bytes[1])))
		return "UTF-16BE";
	return "GB18030";
}

bool
read_loose(struct arena *arena, const char *bytes, size_t size, struct loose *ret)
{
	static const char bom[] = "\xef\xbb\xbf";
	struct written utf8 = { .arena = arena };

	*ret = (struct loose){ .bom = size >= 3 && memcmp(bytes, bom, 3) == 0 };
	if (is_object(arena, bytes + (ret->bom ? 3 : 0), size - (ret->bom ? 3 : 0), ret))
		return true;
	*ret = (struct loose){ .recoded = true };
	if (!text_from(&utf8, charset_of(bytes, size), bytes, size) || !utf8.size)
		return false;
	const char *text = text_of(&utf8);
	ret->bom = utf8.size >= 3 && memcmp(text, bom, 3) == 0;
	return is_object(arena, text + (ret->bom ? 3 : 0), utf8.size - (ret->bom ? 3 : 0), ret);
}

/* ---- text that was garbled before it came here ---- */

/* Is it UTF-8 that was read in this charset, with so many bytes of Chinese at least? */
static bool
is_misread(struct arena *arena, const char *text, const char *charset, size_t least)
{
	struct written bytes = { .arena = arena };
	size_t chinese = 0;

	if (!text_to(&bytes, charset, text, strlen(text)))
		return false;
	for (const char *at = text_of(&bytes); *at;) {
		const char *from = at;
		int32_t point = text_next(&at);

		if (point < 0 && strlen(from) <= 3 && strchr(from, '?'))
			break; /* what had no half left is a question mark */
		if (point < 0 || (point >= 0x80 && at - from < 3))
			return false;
		chinese += point >= 0x3000 ? (size_t)(at - from) : 0;
	}
	return chinese >= least;
}

/* Question marks where there were letters: no other letters, and more of them than Latin ones. */
static bool
is_question(const char *text)
{
	size_t marks = 0, letters = 0;

	for (; *text; text++) {
		if ((unsigned char)*text >= 0x80)
			return false;
		marks += *text == '?';
		letters += (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z');
	}
	return marks >= 2 && marks >= letters;
}

static bool
is_garbled(struct arena *arena, const char *text)
{
	bool ascii = true;

	for (const char *c = text; *c && ascii; c++)
		ascii = (unsigned char)*c < 0x80;
	if (ascii)
		return is_question(text);
	return strstr(text, "\xef\xbf\xbd") || strstr(text, "锟斤拷") ||
	       is_misread(arena, text, "ISO-8859-1", 3) || is_misread(arena, text, "CP1252", 3) ||
	       is_misread(arena, text, "GB18030", 6);
}

const char *
value_garbled(struct arena *arena, const struct value *value)
{
	const char *found = NULL;

	if (value->kind == VALUE_TEXT && is_garbled(arena, value->text))
		return arena_printf(arena, "data 的明文里有乱码：%s",
		    text_cut(arena, value->text, 60));
	for (const struct value *v = value->first; v && !found; v = v->next)
		found = value_garbled(arena, v);
	return found;
}
