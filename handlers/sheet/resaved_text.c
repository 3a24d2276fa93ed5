#include "handlers/sheet/resaved_text.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/sheet/layout.h"
#include "handlers/sheet/seal.h"

#define NUMBER_LABEL "编号："
#define WIDE_BLANK "\xe3\x80\x80"
#define PART_MIN 4 /* characters of a key that stand together; a single digit is anywhere */

/* Bytes of white space at p; 0: there is none. */
static size_t
blank(const char *p)
{
	if (strchr(" \t\r\n\f\v", *p) && *p)
		return 1;
	return strncmp(p, WIDE_BLANK, sizeof(WIDE_BLANK) - 1) == 0 ? sizeof(WIDE_BLANK) - 1 : 0;
}

/* All that is no white space, in one piece. */
static char *
squeezed(struct arena *arena, const char *text)
{
	char *copy = arena_alloc(arena, strlen(text) + 1), *to = copy;

	while (*text) {
		size_t n = blank(text);

		if (n)
			text += n;
		else
			*to++ = *text++;
	}
	*to = '\0';
	return copy;
}

static size_t
word(const char *p)
{
	size_t len = 0;

	while (p[len] && !blank(p + len))
		len++;
	return len;
}

/* The longest word of the text with which `rest` goes on; 0: none. */
static size_t
goes_on(const char *text, const char *rest)
{
	size_t best = 0, left = strlen(rest);

	for (const char *p = text; *p;) {
		size_t gap = blank(p), len = gap ? 0 : word(p);
		bool enough = len >= PART_MIN || len == left || (*p & 0x80);

		if (len > best && len <= left && enough && strncmp(p, rest, len) == 0)
			best = len;
		p += gap ? gap : len;
	}
	return best;
}

/* In one piece, or in the lines of a cell, between which those of its neighbours stand. */
static bool
says(struct arena *arena, const char *text, const char *whole, const char *value)
{
	const char *rest = squeezed(arena, value ? value : "");

	if (strstr(whole, rest))
		return true;
	while (*rest) {
		size_t n = goes_on(text, rest);

		if (!n)
			return false;
		rest += n;
	}
	return true;
}

const char *
resaved_number(struct arena *arena, const char *text)
{
	const char *whole = squeezed(arena, text);

	for (const char *p = whole; (p = strstr(p, NUMBER_LABEL)); p++) {
		const char *number = p + sizeof(NUMBER_LABEL) - 1;

		if (strspn(number, "0123456789abcdef") >= SHEET_NUMBER_SIZE)
			return arena_strndup(arena, number, SHEET_NUMBER_SIZE);
	}
	return NULL;
}

bool
resaved_says(struct arena *arena, const char *text, const char *number,
    const struct sheet_standing *s)
{
	enum environment environment = (enum environment)s->environment;
	bool payment = s->kind == SHEET_PAYMENT, formal = environment == ENVIRONMENT_FORMAL;
	int64_t day = date_of(s->replied_at);
	const char *whole = squeezed(arena, text);
	const char *const values[] = {
		number,
		sheet_title(environment, (enum sheet_kind)s->kind),
		arena_printf(arena, "发起申请单位：%s", s->initiator),
		arena_printf(arena, "回复时间：%04d年%02d月%02d日", (int)(day / 10000),
		    (int)(day / 100 % 100), (int)(day % 100)),
		s->shown_app_name,
		payment ? s->app_id : s->institution_name,
		payment ? s->channel_public : s->institution_code,
		payment ? s->platform_public : s->channel_code,
	};

	if (strstr(whole, formal ? "(测试环境)" : "(正式环境)"))
		return false;
	for (size_t i = 0; i < COUNT(values); i++)
		if (!says(arena, text, whole, values[i]))
			return false;
	return true;
}
