/* Sign strings as channels write them by mistake. */
#include "handlers/selftest/guess.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/text.h"
#include "handlers/selftest/loose.h"

/* A sign string being written: pairs stand behind `start`, joined by &. */
struct pairs {
	struct written *out;
	size_t start;
	const struct guess *guess;
	const struct selftest_keys *keys;
	const struct diagnosis *d;
};

static void
put_value(struct written *out, const struct value *v, const struct guess *guess)
{
	if (v->kind == VALUE_TEXT)
		text_say(out, v->text);
	else
		value_write_form(out, v, guess->form, &guess->style);
}

/* Percent-encoded; a blank as + where forms are meant. */
static void
put_url(struct written *out, const struct written *plain, bool plus)
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
put_text_pair(const struct pairs *p, const char *name, const char *text)
{
	if (p->out->size > p->start)
		text_say(p->out, "&");
	text_say(p->out, name);
	text_say(p->out, "=");
	text_say(p->out, text);
}

static bool
is_left_out(const struct value *v, const struct guess *guess, bool data)
{
	struct value_style style = guess->style;

	if (!data && guess->top_kept)
		style.empties = EMPTIES_KEPT;
	else if (!data && guess->top_dropped)
		style.empties = EMPTIES_DROPPED;
	return value_dropped(v, &style);
}

static void
put_pair(const struct pairs *p, const char *name, const struct value *v, bool data)
{
	struct written plain = { .arena = p->out->arena };

	if (is_left_out(v, p->guess, data))
		return;
	put_text_pair(p, name, "");
	if (!p->guess->url) {
		put_value(p->out, v, p->guess);
		return;
	}
	put_value(&plain, v, p->guess);
	put_url(p->out, &plain, p->guess->url == URL_PLUS);
}

/* What was signed as the data. */
static const struct value *
data_of(const struct guess *guess, const struct diagnosis *d)
{
	const struct value *inner = guess->inner ? value_member(d->data_value, "data") : NULL;

	return inner ? inner : d->data_value;
}

static void
put_data(const struct pairs *p)
{
	if (p->guess->content == CONTENT_AS_DATA)
		put_text_pair(p, "data", value_text(p->d->envelope, "encData"));
	else if (p->guess->raw_data)
		put_text_pair(p, "data", p->d->data);
	else
		put_pair(p, "data", data_of(p->guess, p->d), true);
}

static void
put_field(const struct pairs *p, const struct value *v)
{
	const struct guess *guess = p->guess;
	bool cipher = guess->content == CONTENT_CIPHER || guess->content == CONTENT_BOTH;

	if (strcmp(v->name, "signData") == 0 || strcmp(v->name, "data") == 0 ||
	    (!cipher && strcmp(v->name, "encData") == 0) ||
	    (!guess->with_extra && strcmp(v->name, "extra") == 0))
		return;
	if (!guess->field || strcmp(guess->field, v->name) != 0)
		put_pair(p, v->name, v, false);
	else if (guess->field_text)
		put_text_pair(p, v->name, guess->field_text);
}

/* Does `name` come behind what else is put in its place in the order? */
static bool
passes(const struct value *v, const char *name, bool wanted)
{
	return wanted && strcmp(v->name, name) > 0;
}

static void
put_fields(const struct pairs *p)
{
	const struct guess *guess = p->guess;
	const struct value *all = guess->sent_names ? p->d->sent : p->d->envelope;
	bool placed = guess->order == ORDER_SORTED; /* data stands where its name puts it */
	bool sorted = placed || guess->order == ORDER_SORTED_DATA_LAST;
	bool data = guess->content != CONTENT_NONE && guess->content != CONTENT_CIPHER;
	bool key = guess->key == GUESS_KEY_SORTED;

	if (data && guess->order == ORDER_DATA_FIRST) {
		put_data(p);
		data = false;
	}
	for (const struct value *v = sorted ? all->least : all->first; v;
	     v = sorted ? v->higher : v->next) {
		/* unsorted, data stood where encData stands now */
		bool here = guess->order == ORDER_AS_SENT && strcmp(v->name, "encData") == 0;

		if (passes(v, "data", data && placed) || (data && here)) {
			put_data(p);
			data = false;
		}
		if (passes(v, "key", key)) {
			put_text_pair(p, "key", p->keys->app_secret);
			key = false;
		}
		put_field(p, v);
	}
	if (data)
		put_data(p);
	if (key)
		put_text_pair(p, "key", p->keys->app_secret);
}

/* One JSON object instead of k=v. */
static void
put_json(const struct pairs *p)
{
	static const char *const never[] = { "signData", "data", "extra" };
	const struct value *all = p->d->envelope;
	bool cipher = p->guess->whole == WHOLE_JSON_CIPHER, data = !cipher;
	const char *before = "{\"";

	for (const struct value *v = all->least; v || data; v = v ? v->higher : NULL) {
		bool out = v && !cipher && strcmp(v->name, "encData") == 0;

		for (size_t i = 0; v && i < COUNT(never); i++)
			out = out || strcmp(v->name, never[i]) == 0;
		if (data && (!v || strcmp(v->name, "data") > 0)) {
			text_say(p->out, before);
			text_say(p->out, "data\":");
			value_write(p->out, data_of(p->guess, p->d), &p->guess->style);
			before = ",\"";
			data = false;
		}
		if (!v || out || value_dropped(v, &p->guess->style))
			continue;
		text_say(p->out, before);
		text_say(p->out, v->name);
		text_say(p->out, "\":");
		value_write(p->out, v, &p->guess->style);
		before = ",\"";
	}
	text_say(p->out, "}");
}

static void
put_whole(const struct pairs *p)
{
	if (p->guess->whole == WHOLE_CIPHER)
		text_say(p->out, value_text(p->d->envelope, "encData"));
	else if (p->guess->whole == WHOLE_DATA && p->guess->raw_data)
		text_say(p->out, p->d->data);
	else if (p->guess->whole == WHOLE_DATA)
		value_write(p->out, data_of(p->guess, p->d), &p->guess->style);
	else
		put_json(p);
}

void
guess_string(struct written *out, const struct guess *guess, const struct selftest_keys *keys,
    const struct diagnosis *d)
{
	out->size = 0;
	if (guess->before)
		text_say(out, guess->before);
	if (guess->key == GUESS_KEY_FRONT) {
		text_say(out, "key=");
		text_say(out, keys->app_secret);
		text_say(out, "&");
	}
	const struct pairs p = { out, out->size, guess, keys, d };
	if (guess->whole)
		put_whole(&p);
	else
		put_fields(&p);
	if (guess->key == GUESS_KEY_OTHER) {
		text_say(out, guess->key_text);
	} else if (guess->key == GUESS_KEY_RIGHT) {
		text_say(out, "&key=");
		text_say(out, keys->app_secret);
	}
	if (guess->after)
		text_say(out, guess->after);
}

/* Java's getBytes(ISO_8859_1): what it cannot write becomes a question mark. */
static void
put_latin(struct written *out, const char *text)
{
	while (*text) {
		int32_t point = text_next(&text);

		text_put(out, (const char[]){ (char)(point > 0xff || point < 0 ? '?' : point) }, 1);
	}
}

bool
guess_bytes(struct written *out, const struct written *string, const struct guess *guess)
{
	static const char *const names[] = { [CHARSET_GBK] =
						 "GBK//TRANSLIT", /* ? for what is not in it */
		[CHARSET_GB18030] = "GB18030",
		[CHARSET_UTF16LE] = "UTF-16LE",
		[CHARSET_UTF16BE] = "UTF-16BE" };
	struct written whole = *string;

	out->size = 0;
	if (guess->charset == CHARSET_UTF8)
		text_put(out, string->bytes, string->size);
	else if (guess->charset == CHARSET_LATIN)
		put_latin(out, text_of(&whole));
	else if (guess->charset == CHARSET_TWICE)
		return text_from(out, "ISO-8859-1", string->bytes, string->size);
	else
		return text_to(out, names[guess->charset], string->bytes, string->size);
	return true;
}
