/* Sign strings as channels write them by mistake. */
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "handlers/bench/diagnose_part.h"
#include "handlers/bench/envelope.h"

static bool
convert(struct text *out, const char *to, const char *from, const char *bytes, size_t size)
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
text_from_gbk(struct text *out, const char *bytes, size_t size)
{
	return convert(out, "UTF-8", "GBK", bytes, size);
}

bool
text_to_gbk(struct text *out, const char *bytes, size_t size)
{
	return convert(out, "GBK", "UTF-8", bytes, size);
}

static void
put_value(struct text *out, const struct value *v, const struct guess *guess)
{
	if (v->kind == VALUE_TEXT)
		text_say(out, v->text);
	else
		value_write_form(out, v, guess->form, &guess->style);
}

/* Percent-encoded; a blank as + where forms are meant. */
static void
put_url(struct text *out, const struct text *plain, bool plus)
{
	static const char kept[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.*";
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < plain->size; i++) {
		unsigned char c = (unsigned char)plain->bytes[i];

		if (c && (strchr(kept, c) || (!plus && strchr("!~'()", c))))
			text_put(out, plain->bytes + i, 1);
		else if (c == ' ' && plus)
			text_say(out, "+");
		else
			text_put(out, (const char[]){ '%', digits[c >> 4], digits[c & 15] }, 3);
	}
}

static void
put_pair(struct text *out, size_t start, const char *name, const struct value *v,
    const struct guess *guess)
{
	if (value_dropped(v, &guess->style))
		return;
	if (out->size > start)
		text_say(out, "&");
	text_say(out, name);
	text_say(out, "=");
	if (guess->url) {
		struct text plain = { .arena = out->arena };

		put_value(&plain, v, guess);
		put_url(out, &plain, guess->url == URL_PLUS);
	} else {
		put_value(out, v, guess);
	}
}

static void
put_data(struct text *out, size_t start, const struct guess *guess, const struct diagnosis *d)
{
	if (!guess->raw_data) {
		put_pair(out, start, "data", d->data_value, guess);
		return;
	}
	text_say(out, out->size > start ? "&data=" : "data=");
	text_say(out, d->data);
}

static void
put_fields(struct text *out, const struct guess *guess, const struct diagnosis *d)
{
	size_t start = out->size;
	bool placed = guess->order == ORDER_SORTED; /* data stands where its name puts it */
	bool sorted = placed || guess->order == ORDER_SORTED_DATA_LAST;
	bool data = guess->content == CONTENT_DATA || guess->content == CONTENT_BOTH;
	bool cipher = guess->content == CONTENT_CIPHER || guess->content == CONTENT_BOTH;

	if (data && guess->order == ORDER_DATA_FIRST) {
		put_data(out, start, guess, d);
		data = false;
	}
	for (const struct value *v = sorted ? d->envelope->least : d->envelope->first; v;
	     v = sorted ? v->higher : v->next) {
		bool enc = strcmp(v->name, "encData") == 0;

		/* unsorted, data stood where encData stands now */
		if (data &&
		    (placed ? strcmp(v->name, "data") > 0 : enc && guess->order == ORDER_AS_SENT)) {
			put_data(out, start, guess, d);
			data = false;
		}
		if (strcmp(v->name, "signData") == 0 || strcmp(v->name, "data") == 0 ||
		    (enc && !cipher) || (strcmp(v->name, "extra") == 0 && !guess->with_extra))
			continue;
		put_pair(out, start, v->name, v, guess);
	}
	if (data)
		put_data(out, start, guess, d);
}

void
guess_string(struct text *out, const struct guess *guess, const struct bench_keys *keys,
    const struct diagnosis *d)
{
	out->size = 0;
	put_fields(out, guess, d);
	if (guess->key == GUESS_KEY_OTHER) {
		text_say(out, guess->key_text);
	} else if (guess->key == GUESS_KEY_RIGHT) {
		text_say(out, "&key=");
		text_say(out, keys->app_secret);
	}
}
