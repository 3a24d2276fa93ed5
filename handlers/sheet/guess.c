/* Sign strings as channels write them by mistake. */
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "handlers/sheet/diagnose_part.h"
#include "handlers/sheet/envelope.h"

enum family {
	FAMILY_ORDER,
	FAMILY_EMPTIES,
	FAMILY_SPACES,
	FAMILY_ESCAPES,
	FAMILY_NUMBERS,
	FAMILY_CHARSET,
	FAMILY_CONTENT,
	FAMILY_KEY,
	FAMILY_TOP,
	FAMILY_EXTRA
};

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

void
guess_turn(struct guess *guess, const struct knob *knob)
{
	const struct guess *change = &knob->change;

	switch ((enum family)knob->family) {
	case FAMILY_ORDER:
		guess->style.as_sent = change->style.as_sent;
		break;
	case FAMILY_EMPTIES:
		guess->style.empties = change->style.empties;
		break;
	case FAMILY_SPACES:
		guess->style.spaced = change->style.spaced;
		break;
	case FAMILY_ESCAPES:
		guess->style.escape = change->style.escape;
		break;
	case FAMILY_NUMBERS:
		guess->style.numbers = change->style.numbers;
		guess->style.toggled = change->style.toggled;
		break;
	case FAMILY_CHARSET:
		guess->gbk = change->gbk;
		break;
	case FAMILY_CONTENT:
		guess->content = change->content;
		break;
	case FAMILY_KEY:
		guess->key = change->key;
		guess->key_text = change->key_text;
		break;
	case FAMILY_TOP:
		guess->order = change->order;
		break;
	case FAMILY_EXTRA:
		guess->with_extra = change->with_extra;
		break;
	}
}

struct knobs {
	struct knob *list;
	size_t count;
};

static void
add(struct knobs *knobs, enum mistake mistake, enum family family, struct guess change)
{
	if (knobs->count < KNOBS_MAX)
		knobs->list[knobs->count++] = (struct knob){ mistake, family, change };
}

/* Each number of the data may be the one that was written differently. */
static void
add_leaves(struct knobs *knobs, const struct value *v)
{
	if (value_looks_numeric(v))
		add(knobs, MISTAKE_NUMBERS_QUOTED, FAMILY_NUMBERS,
		    (struct guess){ .style.toggled = v });
	for (const struct value *inner = v->first; inner; inner = inner->next)
		add_leaves(knobs, inner);
}

static void
add_styles(struct knobs *knobs)
{
	static const struct {
		enum mistake mistake;
		enum family family;
		struct guess change;
	} rows[] = {
		{ MISTAKE_NESTED_UNSORTED, FAMILY_ORDER, { .style.as_sent = true } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .style.empties = EMPTIES_KEPT } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES,
		    { .style.empties = EMPTIES_NULLS_DROPPED } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .style.empties = EMPTIES_LISTS_KEPT } },
		{ MISTAKE_JSON_SPACES, FAMILY_SPACES, { .style.spaced = true } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_LOWER } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_UPPER } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_SLASH } },
		{ MISTAKE_NUMBERS_QUOTED, FAMILY_NUMBERS, { .style.numbers = NUMBERS_QUOTED } },
		{ MISTAKE_NUMBERS_QUOTED, FAMILY_NUMBERS, { .style.numbers = NUMBERS_BARE } },
		{ MISTAKE_NOT_UTF8, FAMILY_CHARSET, { .gbk = true } },
		{ MISTAKE_SIGNED_AFTER_ENCRYPTION, FAMILY_CONTENT, { .content = CONTENT_NONE } },
		{ MISTAKE_SIGNED_AFTER_ENCRYPTION, FAMILY_CONTENT, { .content = CONTENT_CIPHER } },
		{ MISTAKE_SIGNED_AFTER_ENCRYPTION, FAMILY_CONTENT, { .content = CONTENT_BOTH } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_AS_SENT } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_DATA_LAST } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_DATA_FIRST } },
		{ MISTAKE_EXTRA_SIGNED, FAMILY_EXTRA, { .with_extra = true } },
		{ MISTAKE_SIGN_KEY_MISSING, FAMILY_KEY, { .key = GUESS_KEY_MISSING } },
	};

	_Static_assert(sizeof(rows) / sizeof(rows[0]) == KNOBS_COMMON, "the header counts them");
	for (size_t i = 0; i < KNOBS_COMMON; i++)
		add(knobs, rows[i].mistake, rows[i].family, rows[i].change);
}

static void
add_key(struct knobs *knobs, enum mistake mistake, const char *text)
{
	add(knobs, mistake, FAMILY_KEY, (struct guess){ .key = GUESS_KEY_OTHER, .key_text = text });
}

/* What else people put behind &key=. */
static void
add_keys(struct arena *arena, struct knobs *knobs, const struct bench_keys *keys,
    const struct bench_keys *wrong)
{
	unsigned char k2[SM4_KEY_SIZE];
	char *lower = arena_strndup(arena, keys->app_secret, strlen(keys->app_secret));

	for (char *c = lower; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	envelope_cipher_key(arena, keys->app_id, keys->app_secret, k2);
	const char *texts[] = {
		"&key=",
		"&key=null",
		"&key=undefined",
		arena_printf(arena, "&key=%s", lower),
		arena_printf(arena, "&key=%s", keys->app_id),
		arena_printf(arena, "&key=%.16s", keys->app_id),
		arena_printf(arena, "&key=%.16s", keys->app_secret),
		arena_printf(arena, "&key=%.*s", SM4_KEY_SIZE, (const char *)k2),
		arena_printf(arena, "&key=%s",
		    sm_base64(arena, keys->platform_public, SM2_PUBLIC_SIZE)),
		arena_printf(arena, "&key=%s",
		    sm_base64(arena, keys->channel_public, SM2_PUBLIC_SIZE)),
		arena_printf(arena, "&key=%s",
		    sm_base64(arena, keys->channel_private, SM2_PRIVATE_SIZE)),
		arena_printf(arena, "&appSecret=%s", keys->app_secret),
		arena_printf(arena, "&secret=%s", keys->app_secret),
		arena_printf(arena, "&%s", keys->app_secret),
		arena_printf(arena, "key=%s", keys->app_secret),
		keys->app_secret,
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		add_key(knobs, MISTAKE_SIGN_KEY_WRONG, texts[i]);
	if (wrong)
		add_key(knobs, MISTAKE_ENVIRONMENT,
		    arena_printf(arena, "&key=%s", wrong->app_secret));
}

size_t
guess_knobs(struct arena *arena, const struct bench_keys *keys, const struct bench_keys *wrong,
    const struct diagnosis *d, struct knob ret[KNOBS_MAX])
{
	struct knobs knobs = { ret, 0 };

	add_styles(&knobs);
	add_keys(arena, &knobs, keys, wrong);
	add_leaves(&knobs, d->data_value);
	return knobs.count;
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
	if (v->kind == VALUE_TEXT)
		text_say(out, v->text);
	else
		value_write(out, v, &guess->style);
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
	bool sorted = guess->order == ORDER_SORTED;
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
		    (sorted ? strcmp(v->name, "data") > 0 : enc && guess->order == ORDER_AS_SENT)) {
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
