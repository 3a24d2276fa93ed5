/* What channels do differently when they write the sign string, one thing each. */
#include <string.h>

#include "handlers/bench/diagnose_part.h"
#include "handlers/bench/envelope.h"

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
	FAMILY_EXTRA,
	FAMILY_FORM,
	FAMILY_URL
};

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
	case FAMILY_FORM:
		guess->form = change->form;
		guess->style.as_sent = change->style.as_sent;
		break;
	case FAMILY_URL:
		guess->url = change->url;
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
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_PHP } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_GSON } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_GO } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_DOTNET } },
		{ MISTAKE_NUMBERS_QUOTED, FAMILY_NUMBERS, { .style.numbers = NUMBERS_QUOTED } },
		{ MISTAKE_NUMBERS_QUOTED, FAMILY_NUMBERS, { .style.numbers = NUMBERS_BARE } },
		{ MISTAKE_NUMBERS_REWRITTEN, FAMILY_NUMBERS, { .style.numbers = NUMBERS_DOUBLE } },
		{ MISTAKE_NUMBERS_REWRITTEN, FAMILY_NUMBERS, { .style.numbers = NUMBERS_SHORT } },
		{ MISTAKE_DATA_NOT_JSON, FAMILY_FORM, { .form = FORM_JAVA } },
		{ MISTAKE_DATA_NOT_JSON, FAMILY_FORM,
		    { .form = FORM_JAVA, .style.as_sent = true } },
		{ MISTAKE_DATA_NOT_JSON, FAMILY_FORM, { .form = FORM_PYTHON } },
		{ MISTAKE_DATA_NOT_JSON, FAMILY_FORM,
		    { .form = FORM_PYTHON, .style.as_sent = true } },
		{ MISTAKE_DATA_NOT_JSON, FAMILY_FORM, { .form = FORM_OBJECT } },
		{ MISTAKE_SIGN_URL_ENCODED, FAMILY_URL, { .url = URL_PERCENT } },
		{ MISTAKE_SIGN_URL_ENCODED, FAMILY_URL, { .url = URL_PLUS } },
		{ MISTAKE_NOT_UTF8, FAMILY_CHARSET, { .gbk = true } },
		{ MISTAKE_SIGNED_AFTER_ENCRYPTION, FAMILY_CONTENT, { .content = CONTENT_NONE } },
		{ MISTAKE_SIGNED_AFTER_ENCRYPTION, FAMILY_CONTENT, { .content = CONTENT_CIPHER } },
		{ MISTAKE_SIGNED_AFTER_ENCRYPTION, FAMILY_CONTENT, { .content = CONTENT_BOTH } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_AS_SENT } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_DATA_LAST } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_DATA_FIRST } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_SORTED_DATA_LAST } },
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
	add_key(knobs, MISTAKE_SIGN_NEWLINE, arena_printf(arena, "&key=%s\n", keys->app_secret));
	add_key(knobs, MISTAKE_SIGN_NEWLINE, arena_printf(arena, "&key=%s\r\n", keys->app_secret));
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
