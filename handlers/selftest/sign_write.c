/* A sign string, by a recipe: what the families of ways.h mean. */
#include "handlers/selftest/sign_write.h"

#include <string.h>

#include "fcgi/base/text.h"
#include "handlers/selftest/loose.h"

#define V(family) recipe_value(recipe, family)

static struct value_style
style_of(const struct recipe *recipe)
{
	const struct sign_way *order = recipe->ways[DATA_ORDER],
			      *quotes = recipe->ways[DATA_QUOTES],
			      *numbers = recipe->ways[DATA_NUMBERS],
			      *form = recipe->ways[DATA_FORM];

	return (struct value_style){
		.order = form && form->bits ? (unsigned)form->bits : V(DATA_ORDER),
		.permutation = order ? (unsigned)order->bits : 0,
		.empties = V(DATA_EMPTIES),
		.spaces = V(DATA_SPACES),
		.escape = V(DATA_ESCAPES),
		.quotes = V(DATA_QUOTES),
		.toggled = quotes ? quotes->bits : 0,
		.numbers = V(DATA_NUMBERS),
		.rewritten = numbers ? numbers->bits : 0,
		.form = V(DATA_FORM),
	};
}

bool
sign_data(struct written *out, const struct recipe *recipe, const struct sign_source *from)
{
	const struct value_style style = style_of(recipe);
	const struct value *inner =
	    V(DATA_INNER) ? value_member(from->d->data_value, "data") : NULL;
	const struct value *data = inner ? inner : from->d->data_value;

	out->size = 0;
	if (V(DATA_RAW))
		text_say(out, from->d->data);
	else if (data->kind == VALUE_TEXT)
		text_say(out, data->text);
	else
		value_write(out, data, &style);
	return V(DATA_RAW) || !value_dropped(data, &style);
}

/* ---- percent signs ---- */

/* What stays as it is besides letters and digits. */
static const struct {
	const char *kept;
	bool plus, lower, whole;
	unsigned times;
} urls[] = {
	[URL_SCRIPT] = { "-_.!~*'()", false, false, false, 1 },
	[URL_FORM] = { "-_.*", true, false, false, 1 },
	[URL_RFC] = { "-_.~", false, false, false, 1 },
	[URL_PYTHON] = { "-_.~/", false, false, false, 1 },
	[URL_PHP] = { "-_.", true, false, false, 1 },
	[URL_GO] = { "-_.~", true, false, false, 1 },
	[URL_DOTNET] = { "-_.!*()", true, true, false, 1 },
	[URL_TWICE] = { "-_.!~*'()", false, false, false, 2 },
	[URL_WHOLE] = { "-_.!~*'()", false, false, true, 1 },
	[URL_WHOLE_FORM] = { "-_.*", true, false, true, 1 },
};

static void
put_url(struct written *out, const char *bytes, size_t size, enum url url, unsigned times)
{
	const char *digits = urls[url].lower ? "0123456789abcdef" : "0123456789ABCDEF";

	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)bytes[i];
		bool letter =
		    (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (letter || (c && strchr(urls[url].kept, c)))
			text_put(out, bytes + i, 1);
		else if (c == ' ' && urls[url].plus)
			text_say(out, "+");
		else {
			text_say(out, times > 1 ? "%25" : "%");
			text_put(out, (const char[]){ digits[c >> 4], digits[c & 15] }, 2);
		}
	}
}

/* ---- pairs ---- */

struct sign_pair {
	const char *name, *text; /* text: NULL for a value that is written by the recipe */
	size_t size;
	const struct value *value;
};

/* One of the envelope's fields that may be signed, or encData. */
struct sign_field {
	const char *name, *sent; /* sent: as it came, when that was wrong */
	const struct value *value;
	bool cipher, extra, dropped; /* dropped: as it should be */
	const char *text;
	size_t size;
};

static struct sign_field
field_of(struct arena *arena, const struct value *v, const struct value *sent)
{
	static const struct value_style right = { 0 };
	struct written text = { .arena = arena };

	if (v->kind == VALUE_TEXT)
		text_say(&text, v->text);
	else
		value_write(&text, v, &right);
	return (struct sign_field){ v->name, sent->name, v, strcmp(v->name, "encData") == 0,
		strcmp(v->name, "extra") == 0, value_dropped(v, &right), text_of(&text),
		text.size };
}

void
sign_prepare(struct arena *arena, struct sign_source *from)
{
	const struct value *all = from->d->envelope, *sent = from->d->sent->first;
	struct sign_field *fields = ARENA_ARRAY(arena, struct sign_field, all->count + 1);
	struct sign_field *sorted = ARENA_ARRAY(arena, struct sign_field, all->count + 1);

	for (const struct value *v = all->first; v; v = v->next, sent = sent->next)
		if (strcmp(v->name, "signData") != 0 && strcmp(v->name, "data") != 0)
			fields[from->count++] = field_of(arena, v, sent);
	size_t n = 0;
	for (const struct value *v = all->least; v; v = v->higher)
		for (size_t i = 0; i < from->count; i++)
			if (fields[i].value == v)
				sorted[n++] = fields[i];
	from->fields = fields;
	from->sorted = sorted;
	from->pairs = ARENA_ARRAY(arena, struct sign_pair, all->count + 3);
}

struct pairs {
	struct sign_pair *list;
	size_t count;
};

static void
push(struct pairs *pairs, const char *name, const char *text, size_t size)
{
	pairs->list[pairs->count++] = (struct sign_pair){ name, text, size, NULL };
}

/* What is put in its place in the order: data, key. */
struct extra_pair {
	const char *name, *text;
	size_t size;
	bool wanted;
};

static void
push_before(struct pairs *pairs, struct extra_pair *extra, const char *next)
{
	if (extra->wanted && (!next || strcmp(next, extra->name) > 0)) {
		push(pairs, extra->name, extra->text, extra->size);
		extra->wanted = false;
	}
}

/* A field, when it is signed; *style is NULL where nothing about data is done differently. */
static void
push_field(struct pairs *pairs, const struct sign_field *f, const struct recipe *recipe,
    enum content content, const struct value_style *style)
{
	const struct sign_way *changed = recipe->ways[SIGN_FIELD];
	const char *name = V(SIGN_NAMES) ? f->sent : f->name;
	bool cipher = content == CONTENT_CIPHER || content == CONTENT_BOTH;

	if (f->cipher ? !cipher : f->extra && !V(SIGN_EXTRA))
		return;
	if (!f->cipher && (style ? value_dropped(f->value, style) : f->dropped))
		return;
	if (changed && strcmp(changed->name, f->name) == 0) {
		if (changed->text)
			push(pairs, name, changed->text, strlen(changed->text));
		return;
	}
	bool rewritten = style && f->value->kind != VALUE_TEXT;
	pairs->list[pairs->count++] =
	    (struct sign_pair){ name, rewritten ? NULL : f->text, f->size, f->value };
}

/* The pair of that name to one end. */
static void
move(struct pairs *pairs, const char *name, bool first)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (strcmp(pairs->list[i].name, name) == 0) {
			struct sign_pair moved = pairs->list[i];
			size_t last = pairs->count - 1;

			if (first)
				memmove(&pairs->list[1], &pairs->list[0], i * sizeof(moved));
			else
				memmove(&pairs->list[i], &pairs->list[i + 1],
				    (last - i) * sizeof(moved));
			pairs->list[first ? 0 : last] = moved;
			return;
		}
}

static void
reorder(struct pairs *pairs, const struct value_style *style, struct arena *scratch)
{
	struct sign_pair *old = ARENA_ARRAY(scratch, struct sign_pair, pairs->count);
	const char **names = ARENA_ARRAY(scratch, const char *, pairs->count);
	size_t *index = ARENA_ARRAY(scratch, size_t, pairs->count);

	memcpy(old, pairs->list, pairs->count * sizeof(*old));
	for (size_t i = 0; i < pairs->count; i++)
		names[i] = old[i].name;
	names_order(names, pairs->count, style, index);
	for (size_t i = 0; i < pairs->count; i++)
		pairs->list[i] = old[index[i]];
}

/* In their order; as they came, data stood where encData stands now. */
static void
collect(struct pairs *pairs, const struct written *data, const struct recipe *recipe,
    const struct sign_source *from, enum content content)
{
	const struct sign_way *order = recipe->ways[SIGN_ORDER],
			      *text = recipe->ways[SIGN_KEY_TEXT];
	const char *secret = text ? text->text : from->keys->app_secret;
	enum data_place place = order ? order->value : PLACE_SORTED;
	bool sorted = place == PLACE_SORTED && !V(SIGN_NAMES), plain = true;
	struct extra_pair key = { "key", secret, strlen(secret), V(SIGN_KEY_PLACE) == KEY_SORTED };
	struct extra_pair own = { .name = "data" };
	struct value_style style = style_of(recipe);

	style.toggled = style.rewritten = 0; /* which are of data */
	for (size_t i = 0; i < DATA_FAMILIES; i++)
		plain = plain && !recipe->ways[i];
	for (size_t i = 0; i < from->count; i++) {
		const struct sign_field *f = sorted ? &from->sorted[i] : &from->fields[i];

		if (i == 0 && content == CONTENT_AS_DATA) {
			own.text = value_text(from->d->envelope, "encData");
			own.size = strlen(own.text);
			own.wanted = true;
		} else if (i == 0 && data && content != CONTENT_NONE && content != CONTENT_CIPHER) {
			own = (struct extra_pair){ "data", data->bytes, data->size, true };
		}
		if (sorted)
			push_before(pairs, &own, f->name);
		else if (f->cipher)
			push_before(pairs, &own, NULL);
		if (sorted)
			push_before(pairs, &key, f->name);
		push_field(pairs, f, recipe, content, plain ? NULL : &style);
	}
	push_before(pairs, &own, NULL);
	push_before(pairs, &key, NULL);
	if (sorted)
		return;
	style = (struct value_style){ .permutation = order ? (unsigned)order->bits : 0 };
	if (place >= PLACE_ORDER)
		style.order = place - PLACE_ORDER;
	if (place >= PLACE_ORDER || place == PLACE_SORTED || place == PLACE_SORTED_LAST ||
	    place == PLACE_SORTED_FIRST)
		reorder(pairs, &style, from->scratch);
	if (place == PLACE_LAST || place == PLACE_SORTED_LAST)
		move(pairs, "data", false);
	else if (place == PLACE_FIRST || place == PLACE_SORTED_FIRST)
		move(pairs, "data", true);
}

static void
put_pair(struct written *out, const struct sign_pair *pair, const struct recipe *recipe,
    struct arena *scratch)
{
	enum url url = V(SIGN_URL);
	struct written plain = { .arena = scratch };
	struct sign_pair p = *pair;

	if (!p.text) {
		struct value_style style = style_of(recipe);

		style.toggled = style.rewritten = 0;
		value_write(&plain, p.value, &style);
		p.text = plain.bytes;
		p.size = plain.size;
	}
	if (url && !urls[url].whole)
		put_url(out, p.text, p.size, url, urls[url].times);
	else
		text_put(out, p.text, p.size);
}

static void
put_pairs(struct written *out, const struct pairs *pairs, const struct recipe *recipe,
    struct arena *scratch)
{
	const struct sign_way *joined = recipe->ways[SIGN_JOINED];
	enum joined how = V(SIGN_JOINED);

	for (size_t i = 0; i < pairs->count; i++) {
		if (i)
			text_say(out, joined ? joined->text : "&");
		if (how == JOINED_PAIRS)
			text_say(out, pairs->list[i].name);
		for (const char *c = pairs->list[i].name; how == JOINED_NAMES && *c; c++)
			text_put(out,
			    (const char[]){ *c >= 'A' && *c <= 'Z' ? (char)(*c | 32) : *c }, 1);
		text_say(out, joined ? joined->name : "=");
		put_pair(out, &pairs->list[i], recipe, scratch);
	}
}

/* One JSON object instead of k=v. */
static void
put_json(struct written *out, const struct pairs *pairs, const struct recipe *recipe)
{
	const struct value_style style = style_of(recipe);

	for (size_t i = 0; i < pairs->count; i++) {
		const struct sign_pair *p = &pairs->list[i];
		struct value text = { .kind = VALUE_TEXT, .text = p->text };

		text_say(out, i ? ",\"" : "{\"");
		text_say(out, p->name);
		text_say(out, "\":");
		if (!p->value && strcmp(p->name, "data") == 0)
			text_put(out, p->text, p->size);
		else
			value_write(out, p->value ? p->value : &text, &style);
	}
	text_say(out, pairs->count ? "}" : "{}");
}

static void
put_body(struct written *out, const struct written *data, const struct recipe *recipe,
    const struct sign_source *from)
{
	enum whole whole = V(SIGN_WHOLE);
	struct pairs pairs = { .list = from->pairs };

	if (whole == WHOLE_CIPHER) {
		text_say(out, value_text(from->d->envelope, "encData"));
	} else if (whole == WHOLE_DATA) {
		if (data)
			text_put(out, data->bytes, data->size);
	} else {
		collect(&pairs, data, recipe, from,
		    whole == WHOLE_JSON_CIPHER ? CONTENT_CIPHER : V(SIGN_CONTENT));
		if (whole)
			put_json(out, &pairs, recipe);
		else
			put_pairs(out, &pairs, recipe, from->scratch);
	}
}

void
sign_string(struct written *out, const struct written *data, const struct recipe *recipe,
    const struct sign_source *from)
{
	const struct sign_way *ends = recipe->ways[SIGN_ENDS], *name = recipe->ways[SIGN_KEY_NAME],
			      *text = recipe->ways[SIGN_KEY_TEXT];
	const char *key = text ? text->text : from->keys->app_secret;
	enum key_place place = V(SIGN_KEY_PLACE);
	enum url url = V(SIGN_URL);
	struct written plain = { .arena = from->scratch };

	out->size = 0;
	if (ends)
		text_say(out, ends->name);
	if (place == KEY_FRONT) {
		text_say(out, name ? name->text : "key=");
		text_say(out, key);
		text_say(out, "&");
	}
	put_body(out, data, recipe, from);
	if (place == KEY_END) {
		text_say(out, name ? name->text : "&key=");
		text_say(out, key);
	}
	if (ends)
		text_say(out, ends->text);
	if (url && urls[url].whole) {
		text_put(&plain, out->bytes, out->size);
		out->size = 0;
		put_url(out, plain.bytes, plain.size, url, 1);
	}
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
sign_bytes(struct written *out, const struct written *string, const struct recipe *recipe)
{
	static const char *const names[] = { [CHARSET_GBK] =
						 "GBK//TRANSLIT", /* ? for what is not in it */
		[CHARSET_GB18030] = "GB18030",
		[CHARSET_UTF16LE] = "UTF-16LE",
		[CHARSET_UTF16BE] = "UTF-16BE" };
	struct written whole = *string;
	enum charset charset = V(SIGN_CHARSET);

	out->size = 0;
	if (charset == CHARSET_UTF8)
		text_put(out, string->bytes, string->size);
	else if (charset == CHARSET_LATIN)
		put_latin(out, text_of(&whole));
	else if (charset == CHARSET_TWICE)
		return text_from(out, "ISO-8859-1", string->bytes, string->size);
	else
		return text_to(out, names[charset], string->bytes, string->size);
	return true;
}
