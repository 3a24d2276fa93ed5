#include "handlers/rules/check/name.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/text.h"

#define DIGITS_MAX 6 /* in a row; the shortest telephone number has seven */

/* What the reader takes it for: full-width ASCII for ASCII, any full stop for a dot. */
static int32_t
folded(int32_t point)
{
	if (point >= 0xff01 && point <= 0xff5e)
		return point - 0xfee0;
	if (point == 0x3002 || point == 0xff61)
		return '.';
	return point == 0x3000 || point == 0xa0 ? ' ' : point;
}

static bool
is_one_of(int32_t point, const char *list)
{
	while (*list)
		if (text_next(&list) == point)
			return true;
	return false;
}

static bool
is_digit(int32_t point)
{
	return (point >= '0' && point <= '9') || (point >= 0x2460 && point <= 0x2468) ||
	       (point >= 0x1d7ce && point <= 0x1d7ff) || is_one_of(point, "零〇一二三四五六七八九");
}

static bool
is_letter(int32_t point)
{
	return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
}

/* Stands between digits without keeping them apart. */
static bool
is_stroke(int32_t point)
{
	return is_one_of(point, " -_.,，、·()+‐–—");
}

/* Behind a dot: the beginning of a domain's last part? */
static bool
is_domain(const char *rest)
{
	static const char *const others[] = { "中国", "公司", "网络", "网址" };

	for (size_t i = 0; i < COUNT(others); i++)
		if (strncmp(rest, others[i], strlen(others[i])) == 0)
			return true;
	for (int i = 0; i < 2; i++)
		if (!*rest || !is_letter(folded(text_next(&rest))))
			return false;
	return true;
}

bool
name_is_plain(const char *text)
{
	int32_t before = 0; /* the character before this one, folded; 0: none */
	int digits = 0;

	while (*text) {
		int32_t point = text_next(&text);

		if (point < 0 || text_is_hidden(point))
			return false;
		point = folded(point);
		if (is_one_of(point, "/\\@"))
			return false;
		if (point == '.' && before && !is_stroke(before) && is_domain(text))
			return false;
		if (is_digit(point))
			digits++;
		else if (!is_stroke(point))
			digits = 0;
		if (digits > DIGITS_MAX)
			return false;
		before = point;
	}
	return true;
}
