/* What channels do differently when they write the sign string, one thing each. */
#include "handlers/selftest/guess_knobs.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "handlers/selftest/envelope.h"

enum family {
	FAMILY_ORDER,
	FAMILY_EMPTIES,
	FAMILY_SPACES,
	FAMILY_ESCAPES,
	FAMILY_QUOTES,
	FAMILY_NUMBERS,
	FAMILY_CHARSET,
	FAMILY_CONTENT,
	FAMILY_WHOLE,
	FAMILY_KEY,
	FAMILY_TOP,
	FAMILY_EXTRA,
	FAMILY_FORM,
	FAMILY_URL,
	FAMILY_FIELD,
	FAMILY_NAMES,
	FAMILY_INNER,
	FAMILY_ENDS,
	FAMILY_RAW
};

void
guess_turn(struct guess *guess, const struct knob *knob)
{
	const struct guess *change = &knob->change;

	switch ((enum family)knob->family) {
	case FAMILY_ORDER:
		guess->style.as_sent = change->style.as_sent;
		guess->style.top_sorted = change->style.top_sorted;
		break;
	case FAMILY_EMPTIES:
		guess->style.empties = change->style.empties;
		guess->top_kept = change->top_kept;
		guess->top_dropped = change->top_dropped;
		break;
	case FAMILY_SPACES:
		guess->style.spaces = change->style.spaces;
		break;
	case FAMILY_ESCAPES:
		guess->style.escape = change->style.escape;
		break;
	case FAMILY_QUOTES:
		guess->style.quotes = change->style.quotes;
		guess->style.toggled = change->style.toggled;
		break;
	case FAMILY_NUMBERS:
		guess->style.numbers = change->style.numbers;
		guess->style.rewritten = change->style.rewritten;
		break;
	case FAMILY_CHARSET:
		guess->charset = change->charset;
		break;
	case FAMILY_CONTENT:
		guess->content = change->content;
		break;
	case FAMILY_WHOLE:
		guess->whole = change->whole;
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
		if (change->form !=
		    WRITTEN_QUOTED) /* which is JSON yet, with an order of its own */
			guess->style.as_sent = change->style.as_sent;
		break;
	case FAMILY_URL:
		guess->url = change->url;
		break;
	case FAMILY_FIELD:
		guess->field = change->field;
		guess->field_text = change->field_text;
		break;
	case FAMILY_NAMES:
		guess->sent_names = change->sent_names;
		break;
	case FAMILY_INNER:
		guess->inner = change->inner;
		break;
	case FAMILY_ENDS:
		guess->before = change->before;
		guess->after = change->after;
		break;
	case FAMILY_RAW:
		guess->raw_data = change->raw_data;
		break;
	}
}

static void
add(struct knobs *knobs, enum mistake mistake, enum family family, struct guess change)
{
	if (knobs->count < KNOBS_MAX)
		knobs->list[knobs->count++] = (struct knob){ mistake, family, change, NULL };
}

struct row {
	enum mistake mistake;
	enum family family;
	struct guess change;
};

static void
add_rows(struct knobs *knobs, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		add(knobs, rows[i].mistake, rows[i].family, rows[i].change);
}

#define ADD_ROWS(knobs, rows) add_rows(knobs, rows, COUNT(rows))

/* How the data is written as JSON, or as no JSON. */
static void
add_styles(struct knobs *knobs)
{
	/* clang-format off */
	static const struct row rows[] = {
		{ MISTAKE_NESTED_UNSORTED, FAMILY_ORDER, { .style.as_sent = true } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .style.empties = EMPTIES_KEPT } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .style.empties = EMPTIES_NULLS_DROPPED } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .style.empties = EMPTIES_KEPT, .top_dropped = true } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .style.empties = EMPTIES_LISTS_KEPT } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .style.empties = EMPTIES_HOLLOW_KEPT } },
		{ MISTAKE_JSON_SPACES, FAMILY_SPACES, { .style.spaces = SPACES_BOTH } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_LOWER } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_UPPER } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_SLASH } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_PHP } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_GSON } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_GO } },
		{ MISTAKE_JSON_ESCAPES, FAMILY_ESCAPES, { .style.escape = ESCAPE_DOTNET } },
		{ MISTAKE_NUMBERS_QUOTED, FAMILY_QUOTES, { .style.quotes = QUOTES_ALL } },
		{ MISTAKE_NUMBERS_QUOTED, FAMILY_QUOTES, { .style.quotes = QUOTES_NONE } },
		{ MISTAKE_NUMBERS_REWRITTEN, FAMILY_NUMBERS, { .style.numbers = NUMBERS_DOUBLE } },
		{ MISTAKE_NUMBERS_REWRITTEN, FAMILY_NUMBERS, { .style.numbers = NUMBERS_SHORT } },
		{ MISTAKE_NUMBERS_REWRITTEN, FAMILY_NUMBERS, { .style.numbers = NUMBERS_CENTS } },
		{ MISTAKE_NUMBERS_REWRITTEN, FAMILY_NUMBERS, { .style.numbers = NUMBERS_SCRIPT } },
		{ MISTAKE_NUMBERS_REWRITTEN, FAMILY_NUMBERS, { .style.numbers = NUMBERS_JAVA } },
		{ MISTAKE_DATA_NOT_JSON, FAMILY_FORM, { .form = WRITTEN_JAVA } },
		{ MISTAKE_DATA_NOT_JSON, FAMILY_FORM, { .form = WRITTEN_JAVA, .style.as_sent = true } },
		{ MISTAKE_DATA_NOT_JSON, FAMILY_FORM, { .form = WRITTEN_PYTHON } },
		{ MISTAKE_DATA_NOT_JSON, FAMILY_FORM, { .form = WRITTEN_PYTHON, .style.as_sent = true } },
		{ MISTAKE_DATA_NOT_JSON, FAMILY_FORM, { .form = WRITTEN_OBJECT } },
		{ MISTAKE_DATA_QUOTED, FAMILY_FORM, { .form = WRITTEN_QUOTED } },
	};
	/* clang-format on */

	ADD_ROWS(knobs, rows);
}

/* What stands in the string, in which order, as which bytes. */
static void
add_shapes(struct knobs *knobs)
{
	/* clang-format off */
	static const struct row rows[] = {
		{ MISTAKE_SIGN_URL_ENCODED, FAMILY_URL, { .url = URL_PERCENT } },
		{ MISTAKE_SIGN_URL_ENCODED, FAMILY_URL, { .url = URL_PLUS } },
		{ MISTAKE_NOT_UTF8, FAMILY_CHARSET, { .charset = CHARSET_GBK } },
		{ MISTAKE_NOT_UTF8, FAMILY_CHARSET, { .charset = CHARSET_GB18030 } },
		{ MISTAKE_NOT_UTF8, FAMILY_CHARSET, { .charset = CHARSET_LATIN } },
		{ MISTAKE_NOT_UTF8, FAMILY_CHARSET, { .charset = CHARSET_TWICE } },
		{ MISTAKE_NOT_UTF8, FAMILY_CHARSET, { .charset = CHARSET_UTF16LE } },
		{ MISTAKE_NOT_UTF8, FAMILY_CHARSET, { .charset = CHARSET_UTF16BE } },
		{ MISTAKE_SIGNED_AFTER_ENCRYPTION, FAMILY_CONTENT, { .content = CONTENT_NONE } },
		{ MISTAKE_SIGNED_AFTER_ENCRYPTION, FAMILY_CONTENT, { .content = CONTENT_CIPHER } },
		{ MISTAKE_SIGNED_AFTER_ENCRYPTION, FAMILY_CONTENT, { .content = CONTENT_BOTH } },
		{ MISTAKE_SIGNED_AFTER_ENCRYPTION, FAMILY_CONTENT, { .content = CONTENT_AS_DATA } },
		{ MISTAKE_SIGN_STRING_OTHER, FAMILY_WHOLE, { .whole = WHOLE_DATA } },
		{ MISTAKE_SIGN_STRING_OTHER, FAMILY_WHOLE, { .whole = WHOLE_CIPHER } },
		{ MISTAKE_SIGN_STRING_OTHER, FAMILY_WHOLE, { .whole = WHOLE_JSON } },
		{ MISTAKE_SIGN_STRING_OTHER, FAMILY_WHOLE, { .whole = WHOLE_JSON_CIPHER } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_AS_SENT } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_DATA_LAST } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_DATA_FIRST } },
		{ MISTAKE_FIELDS_UNSORTED, FAMILY_TOP, { .order = ORDER_SORTED_DATA_LAST } },
		{ MISTAKE_EXTRA_SIGNED, FAMILY_EXTRA, { .with_extra = true } },
		{ MISTAKE_SIGN_KEY_MISSING, FAMILY_KEY, { .key = GUESS_KEY_MISSING } },
		{ MISTAKE_SIGN_KEY_WRONG, FAMILY_KEY, { .key = GUESS_KEY_FRONT } },
		{ MISTAKE_SIGN_KEY_WRONG, FAMILY_KEY, { .key = GUESS_KEY_SORTED } },
		{ MISTAKE_FIELD_NAME, FAMILY_NAMES, { .sent_names = true } },
		{ MISTAKE_DATA_WRAPPED, FAMILY_INNER, { .inner = true } },
		{ MISTAKE_SIGN_NEWLINE, FAMILY_ENDS, { .after = "\n" } },
	};
	/* clang-format on */

	ADD_ROWS(knobs, rows);
}

/* Seen less often: one at a time, and together with those above. */
static void
add_rare(struct knobs *knobs)
{
	/* clang-format off */
	static const struct row rows[] = {
		{ MISTAKE_NESTED_UNSORTED, FAMILY_ORDER, { .style.as_sent = true, .style.top_sorted = true } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .style.empties = EMPTIES_TEXTS_DROPPED } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .style.empties = EMPTIES_IN_LISTS_KEPT } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .style.empties = EMPTIES_DEEP_KEPT } },
		{ MISTAKE_EMPTIES_KEPT, FAMILY_EMPTIES, { .top_kept = true } },
		{ MISTAKE_JSON_SPACES, FAMILY_SPACES, { .style.spaces = SPACES_COLON } },
		{ MISTAKE_JSON_SPACES, FAMILY_SPACES, { .style.spaces = SPACES_COMMA } },
		{ MISTAKE_JSON_SPACES, FAMILY_SPACES, { .style.spaces = SPACES_TWO } },
		{ MISTAKE_JSON_SPACES, FAMILY_SPACES, { .style.spaces = SPACES_FOUR } },
		{ MISTAKE_JSON_SPACES, FAMILY_SPACES, { .style.spaces = SPACES_JACKSON } },
		{ MISTAKE_SIGN_NEWLINE, FAMILY_ENDS, { .after = "\r\n" } },
		{ MISTAKE_SIGN_NEWLINE, FAMILY_ENDS, { .after = " " } },
		{ MISTAKE_SIGN_NEWLINE, FAMILY_ENDS, { .before = "\xef\xbb\xbf" } },
	};
	/* clang-format on */

	ADD_ROWS(knobs, rows);
}

static void
add_key(struct knobs *knobs, enum mistake mistake, const char *text, const char *note)
{
	size_t at = knobs->count;

	add(knobs, mistake, FAMILY_KEY, (struct guess){ .key = GUESS_KEY_OTHER, .key_text = text });
	if (knobs->count > at)
		knobs->list[at].note = note;
}

/* What else people put behind &key=. */
static void
add_keys(struct arena *arena, struct knobs *knobs, const struct selftest_keys *keys,
    const struct selftest_keys *wrong)
{
	unsigned char k2[SM4_KEY_SIZE];
	char *lower = arena_strndup(arena, keys->app_secret, strlen(keys->app_secret));

	for (char *c = lower; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	envelope_cipher_key(arena, keys->app_id, keys->app_secret, k2);
	const char *platform = bytes_base64(arena, keys->platform_public, SM2_PUBLIC_SIZE);
	const char *channel = bytes_base64(arena, keys->channel_public, SM2_PUBLIC_SIZE);
	const char *own = bytes_base64(arena, keys->channel_private, SM2_PRIVATE_SIZE);
	const struct {
		const char *head, *text, *note;
	} rows[] = {
		{ "&key=", "", "空值" },
		{ "&key=", "null", "null" },
		{ "&key=", "undefined", "undefined" },
		{ "&key=", lower, "小写的数字密钥" },
		{ "&key=", keys->app_id, "应用ID" },
		{ "&key=", arena_printf(arena, "%.16s", keys->app_id), "应用ID前 16 个字符" },
		{ "&key=", arena_printf(arena, "%.16s", keys->app_secret), "数字密钥前 16 个字符" },
		{ "&key=", arena_printf(arena, "%.*s", SM4_KEY_SIZE, (const char *)k2),
		    "派生的 SM4 密钥" },
		{ "&key=", platform, "平台公钥" },
		{ "&key=", channel, "渠道公钥" },
		{ "&key=", keys->has_private ? own : platform, "渠道私钥" },
		{ "&appSecret=", keys->app_secret, "名称写成了 appSecret" },
		{ "&appsecret=", keys->app_secret, "名称写成了 appsecret" },
		{ "&secret=", keys->app_secret, "名称写成了 secret" },
		{ "&secretKey=", keys->app_secret, "名称写成了 secretKey" },
		{ "&Key=", keys->app_secret, "名称写成了 Key" },
		{ "&KEY=", keys->app_secret, "名称写成了 KEY" },
		{ "&", keys->app_secret, "缺少 key=" },
		{ "key=", keys->app_secret, "缺少 &" },
		{ "", keys->app_secret, "缺少 &key=" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		add_key(knobs, MISTAKE_SIGN_KEY_WRONG,
		    arena_printf(arena, "%s%s", rows[i].head, rows[i].text), rows[i].note);
	if (wrong)
		add_key(knobs, MISTAKE_ENVIRONMENT,
		    arena_printf(arena, "&key=%s", wrong->app_secret), NULL);
}

/* A field that came, or got its value, after the signature was made. */
static void
add_fields(struct arena *arena, struct knobs *knobs, const struct selftest_keys *keys,
    const struct diagnosis *d)
{
	static const struct value_style right = { 0 };
	const struct value *time = value_member(d->envelope, "timestamp");
	const char *made = time->text;
	size_t size = strlen(made);

	for (const struct value *v = d->envelope->least; v && knobs->count < KNOBS_MAX / 2;
	     v = v->higher)
		if (strcmp(v->name, "signData") != 0 && strcmp(v->name, "encData") != 0 &&
		    strcmp(v->name, "data") != 0 && strcmp(v->name, "extra") != 0 &&
		    !value_dropped(v, &right))
			add(knobs, MISTAKE_FIELD_NOT_SIGNED, FAMILY_FIELD,
			    (struct guess){ .field = v->name });
	const char *app_id = value_text(d->envelope, "appId");
	if (strcmp(app_id, keys->app_id) != 0)
		add(knobs,
		    strcasecmp(app_id, keys->app_id) == 0 ? MISTAKE_APP_ID_WRITTEN
							  : MISTAKE_ENVIRONMENT,
		    FAMILY_FIELD, (struct guess){ .field = "appId", .field_text = keys->app_id });
	if (made[strspn(made, "0123456789")])
		return;
	const char *others[] = { size == 13 ? arena_printf(arena, "%.10s", made) : NULL,
		size == 10 ? arena_printf(arena, "%s000", made) : NULL,
		size == 17 ? arena_printf(arena, "%.14s", made) : NULL,
		arena_printf(arena, "\"%s\"", made) };
	for (size_t i = 0; i < COUNT(others); i++)
		if (others[i])
			add(knobs, MISTAKE_FIELD_CHANGED, FAMILY_FIELD,
			    (struct guess){ .field = "timestamp", .field_text = others[i] });
}

void
guess_knobs(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, const struct diagnosis *d, struct knobs *ret)
{
	ret->count = 0;
	add_styles(ret);
	add_shapes(ret);
	ret->main = ret->count;
	add_rare(ret);
	add_keys(arena, ret, keys, wrong);
	add_fields(arena, ret, keys, d);
}

struct knob
knob_quotes(uint64_t numbers)
{
	return (struct knob){ .mistake = MISTAKE_NUMBERS_QUOTED,
		.family = FAMILY_QUOTES,
		.change.style.toggled = numbers };
}

struct knob
knob_numbers(enum value_numbers way, uint64_t numbers)
{
	return (struct knob){ .mistake = MISTAKE_NUMBERS_REWRITTEN,
		.family = FAMILY_NUMBERS,
		.change.style = { .numbers = way, .rewritten = numbers } };
}

struct knob
knob_time(const char *timestamp)
{
	return (struct knob){ .mistake = MISTAKE_FIELD_CHANGED,
		.family = FAMILY_FIELD,
		.change = { .field = "timestamp", .field_text = timestamp } };
}

struct knob
knob_raw(void)
{
	return (struct knob){ .mistake = MISTAKE_DATA_AS_SENT,
		.family = FAMILY_RAW,
		.change.raw_data = true };
}
