/* From bytes to struct value: strict JSON (RFC 8259) over well-formed UTF-8. */
#include "handlers/selftest/value_read.h"

#include <string.h>

#define NUMBERS_MAX 64 /* and none is 0 */

struct reader {
	struct arena *arena;
	const char *at, *end;
	unsigned depth;
	const char *name, *numbers[NUMBERS_MAX]; /* in hand; of members that look numeric */
	unsigned nnumbers;
};

static bool
is_next(const struct reader *r, char c)
{
	return r->at < r->end && *r->at == c;
}

static void
skip_blanks(struct reader *r)
{
	while (r->at < r->end && memchr(" \t\r\n", *r->at, 4))
		r->at++;
}

static enum err
expect(struct reader *r, char c)
{
	if (!is_next(r, c))
		return ERR_INVALID;
	r->at++;
	return ERR_OK;
}

/* 0 unless the sequence at `at` is well formed; else its length. */
static size_t
sequence(const unsigned char *at, const unsigned char *end)
{
	size_t more = *at < 0x80 ? 0 : *at < 0xc2 ? 9 : *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : 3;

	if (*at > 0xf4 || more > 3 || (size_t)(end - at) <= more)
		return 0;
	for (size_t i = 1; i <= more; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	if ((*at == 0xe0 && at[1] < 0xa0) || (*at == 0xed && at[1] > 0x9f) ||
	    (*at == 0xf0 && at[1] < 0x90) || (*at == 0xf4 && at[1] > 0x8f))
		return 0;
	return more + 1;
}

static enum err
read_unit(struct reader *r, unsigned *ret)
{
	unsigned unit = 0;

	if (r->end - r->at < 4)
		return ERR_INVALID;
	for (int i = 0; i < 4; i++) {
		char c = *r->at++;
		unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
				 : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
				 : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
							: 16;

		if (digit == 16)
			return ERR_INVALID;
		unit = unit << 4 | digit;
	}
	*ret = unit;
	return ERR_OK;
}

/* What follows \u, as UTF-8 to out; returns behind it in *out. No NUL, no half of a pair. */
static enum err
read_escaped(struct reader *r, char **out)
{
	unsigned point, low;
	char *o = *out;

	TRY(read_unit(r, &point));
	if (point >= 0xd800 && point < 0xdc00) {
		TRY(expect(r, '\\'));
		TRY(expect(r, 'u'));
		TRY(read_unit(r, &low));
		if (low < 0xdc00 || low > 0xdfff)
			return ERR_INVALID;
		point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
	} else if (!point || (point >= 0xdc00 && point <= 0xdfff)) {
		return ERR_INVALID;
	}
	if (point < 0x80) {
		*o++ = (char)point;
	} else {
		unsigned more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;

		*o++ = (char)((0xff80u >> more & 0xffu) | point >> (6 * more));
		while (more--)
			*o++ = (char)(0x80 | (point >> (6 * more) & 0x3f));
	}
	*out = o;
	return ERR_OK;
}

static enum err
read_text(struct reader *r, const char **ret)
{
	static const char letters[] = "bfnrt\"\\/", specials[] = "\b\f\n\r\t\"\\/";

	TRY(expect(r, '"'));
	const char *close = r->at;
	while (close < r->end && *close != '"')
		close += *close == '\\' ? 2 : 1;
	if (close >= r->end)
		return ERR_INVALID;
	char *text = arena_alloc(r->arena, (size_t)(close - r->at) + 1), *out = text;
	while (r->at < close) {
		const unsigned char *in = (const unsigned char *)r->at;
		size_t size = sequence(in, (const unsigned char *)close);

		if (*in < ' ' || !size)
			return ERR_INVALID;
		if (*in != '\\') {
			memcpy(out, in, size);
			out += size;
			r->at += size;
			continue;
		}
		const char *letter = memchr(letters, in[1], sizeof(letters) - 1);
		r->at += 2;
		if (letter)
			*out++ = specials[letter - letters];
		else if (in[1] != 'u')
			return ERR_INVALID;
		else
			TRY(read_escaped(r, &out));
	}
	r->at++;
	*ret = text;
	return ERR_OK;
}

static size_t
digits(struct reader *r)
{
	const char *from = r->at;

	while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
		r->at++;
	return (size_t)(r->at - from);
}

static enum err
read_number(struct reader *r, struct value *v)
{
	const char *from = r->at;

	if (is_next(r, '-'))
		r->at++;
	bool zero = is_next(r, '0');
	size_t whole = digits(r);
	if (!whole || (zero && whole > 1))
		return ERR_INVALID;
	if (is_next(r, '.')) {
		r->at++;
		if (!digits(r))
			return ERR_INVALID;
	}
	if (is_next(r, 'e') || is_next(r, 'E')) {
		r->at++;
		if (is_next(r, '+') || is_next(r, '-'))
			r->at++;
		if (!digits(r))
			return ERR_INVALID;
	}
	v->kind = VALUE_NUMBER;
	v->text = arena_strndup(r->arena, from, (size_t)(r->at - from));
	return ERR_OK;
}

/* null, true, false. */
static enum err
read_word(struct reader *r, struct value *v)
{
	static const char *const words[] = { "null", "true", "false" };

	for (size_t i = 0; i < 3; i++) {
		size_t size = strlen(words[i]);

		if ((size_t)(r->end - r->at) < size || memcmp(r->at, words[i], size) != 0)
			continue;
		r->at += size;
		v->kind = i ? VALUE_BOOL : VALUE_NULL;
		v->text = i ? words[i] : NULL;
		return ERR_OK;
	}
	return ERR_INVALID;
}

/* Into the list by name. ERR_INVALID: the name is there already. */
static enum err
sort_in(struct value *object, struct value *member)
{
	struct value **place = &object->least;

	while (*place) {
		int order = strcmp((*place)->name, member->name);

		if (order == 0)
			return ERR_INVALID;
		if (order > 0)
			break;
		place = &(*place)->higher;
	}
	member->higher = *place;
	*place = member;
	return ERR_OK;
}

/* By the names of members: in a list of objects the same one is of one program's making. */
static unsigned
number_of(struct reader *r)
{
	for (unsigned i = 1; i <= r->nnumbers; i++)
		if (strcmp(r->numbers[i], r->name) == 0)
			return i;
	if (r->nnumbers + 1 == NUMBERS_MAX)
		return 0;
	r->numbers[++r->nnumbers] = r->name;
	return r->nnumbers;
}

static enum err read_value(struct reader *r, struct value *v);

static enum err
read_inside(struct reader *r, struct value *v, char close)
{
	struct value **last = &v->first;
	const char *name = r->name;

	r->at++;
	skip_blanks(r);
	while (!is_next(r, close)) {
		struct value *inner = ARENA_NEW(r->arena, struct value);

		if (v->count++) {
			TRY(expect(r, ','));
			skip_blanks(r);
		}
		if (v->kind == VALUE_OBJECT) {
			TRY(read_text(r, &inner->name));
			skip_blanks(r);
			TRY(expect(r, ':'));
			TRY(sort_in(v, inner));
			r->name = inner->name;
		}
		TRY(read_value(r, inner));
		r->name = name;
		*last = inner;
		last = &inner->next;
	}
	r->at++;
	return ERR_OK;
}

static enum err
read_value(struct reader *r, struct value *v)
{
	enum err e = ERR_OK;

	skip_blanks(r);
	if (r->at == r->end || r->depth == VALUE_DEPTH_MAX)
		return ERR_INVALID;
	r->depth++;
	if (*r->at == '{' || *r->at == '[') {
		v->kind = *r->at == '{' ? VALUE_OBJECT : VALUE_LIST;
		e = read_inside(r, v, *r->at == '{' ? '}' : ']');
	} else if (*r->at == '"') {
		v->kind = VALUE_TEXT;
		e = read_text(r, &v->text);
	} else if (*r->at == '-' || (*r->at >= '0' && *r->at <= '9')) {
		e = read_number(r, v);
	} else {
		e = read_word(r, v);
	}
	if (e == ERR_OK && value_looks_numeric(v))
		v->number = number_of(r);
	r->depth--;
	skip_blanks(r);
	return e;
}

enum err
value_read(struct arena *arena, const char *json, size_t size, const struct value **ret)
{
	struct reader r = { .arena = arena, .at = json, .end = json + size, .name = "" };
	struct value *v = ARENA_NEW(arena, struct value);

	TRY(read_value(&r, v));
	if (r.at != r.end)
		return ERR_INVALID;
	*ret = v;
	return ERR_OK;
}

const struct value *
value_renamed(struct arena *arena, const struct value *object, const char *from, const char *to)
{
	struct value *copy = ARENA_NEW(arena, struct value), **last = &copy->first;

	*copy = *object;
	copy->first = copy->least = NULL;
	for (const struct value *m = object->first; m; m = m->next) {
		struct value *member = ARENA_NEW(arena, struct value);

		*member = *m;
		member->next = member->higher = NULL;
		if (strcmp(member->name, from) == 0)
			member->name = to;
		if (sort_in(copy, member) != ERR_OK)
			return object;
		*last = member;
		last = &member->next;
	}
	return copy;
}
