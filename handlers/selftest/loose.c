/* Text that should hold a JSON object, as people's programs really write it. */
#include "handlers/selftest/loose.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "fcgi/base/text.h"
#include "handlers/selftest/value_read.h"

static bool
convert(struct written *out, const char *to, const char *from, const char *bytes, size_t size)
{
	iconv_t cd = iconv_open(to, from);
	char piece[512], *in = (char *)(uintptr_t)bytes; /* iconv() does not write there */
	bool good = cd != (iconv_t)-1;

	while (good && size) {
		char *at = piece;
		size_t left = sizeof(piece), before = size;

		good = iconv(cd, &in, &size, &at, &left) != (size_t)-1 || size < before;
		text_put(out, piece, (size_t)(at - piece));
	}
	if (cd != (iconv_t)-1)
		iconv_close(cd);
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
