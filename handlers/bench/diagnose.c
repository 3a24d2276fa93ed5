#include "handlers/bench/diagnose.h"

#include <string.h>

#include "handlers/bench/diagnose_part.h"
#include "handlers/bench/envelope.h"
#include "handlers/rules/date.h"

void
diagnosis_add(struct diagnosis *d, enum mistake mistake)
{
	size_t at = 0;

	while (at < d->count && d->mistakes[at] < mistake)
		at++;
	if (d->count == DIAGNOSIS_MAX || (at < d->count && d->mistakes[at] == mistake))
		return;
	memmove(&d->mistakes[at + 1], &d->mistakes[at], (d->count - at) * sizeof(d->mistakes[0]));
	d->mistakes[at] = mistake;
	d->count++;
	if (mistakes[mistake].step < d->step)
		d->step = mistakes[mistake].step;
}

static void
check_keys(const struct bench_keys *keys, struct diagnosis *d)
{
	unsigned char own[SM2_PUBLIC_SIZE];

	if (keys->other_form)
		diagnosis_add(d, MISTAKE_KEY_FORMAT);
	if (memcmp(keys->channel_public, keys->platform_public, SM2_PUBLIC_SIZE) == 0)
		diagnosis_add(d, MISTAKE_OWN_PUBLIC_KEY);
	if (!keys->has_private)
		return;
	if (sm2_public_of(keys->channel_private, own) != ERR_OK)
		diagnosis_add(d, MISTAKE_KEYS_UNREADABLE);
	else if (memcmp(own, keys->platform_public, SM2_PUBLIC_SIZE) == 0)
		diagnosis_add(d, MISTAKE_OWN_PUBLIC_KEY);
	else if (memcmp(own, keys->channel_public, SM2_PUBLIC_SIZE) != 0)
		diagnosis_add(d, MISTAKE_KEY_PAIR);
}

static bool
check_fields(const struct bench_keys *keys, struct diagnosis *d)
{
	static const char *const names[] = { "appId", "version", "timestamp", "encType", "signType",
		"encData", "signData" };
	const struct value *e = d->envelope;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct value *field = value_member(e, names[i]);
		bool number =
		    field && field->kind == VALUE_NUMBER && strcmp(names[i], "timestamp") == 0;

		if (!number && !*(value_text(e, names[i]) ? value_text(e, names[i]) : "")) {
			diagnosis_add(d, MISTAKE_FIELD_MISSING);
			return false;
		}
	}
	if (strcmp(value_text(e, "encType"), "SM4") != 0 ||
	    strcmp(value_text(e, "signType"), "SM2") != 0)
		diagnosis_add(d, MISTAKE_FIELD_VALUE);
	if (strcmp(value_text(e, "appId"), keys->app_id) != 0)
		diagnosis_add(d, MISTAKE_ENVIRONMENT);
	if (value_member(e, "data"))
		diagnosis_add(d, MISTAKE_DATA_LEFT_IN);
	return true;
}

/* Text that was sent as GBK is read all the same, and named. */
static enum err
read_text(struct arena *arena, const char *json, size_t size, struct diagnosis *d)
{
	struct text utf8 = { .arena = arena };

	if (value_read(arena, json, size, &d->envelope) == ERR_OK)
		return ERR_OK;
	if (!text_from_gbk(&utf8, json, size))
		return ERR_INVALID;
	TRY(value_read(arena, text_of(&utf8), utf8.size, &d->envelope));
	diagnosis_add(d, MISTAKE_NOT_UTF8);
	return ERR_OK;
}

static bool
read_envelope(struct arena *arena, const char *json, size_t size, struct diagnosis *d)
{
	bool bom = size >= 3 && memcmp(json, "\xef\xbb\xbf", 3) == 0;
	size_t skip = bom ? 3 : 0;
	enum err e = read_text(arena, json + skip, size - skip, d);

	if (e == ERR_OK && bom)
		diagnosis_add(d, MISTAKE_ENVELOPE_BOM);
	if (e == ERR_OK && d->envelope->kind == VALUE_TEXT) {
		const char *inner = d->envelope->text;

		e = value_read(arena, inner, strlen(inner), &d->envelope);
		if (e == ERR_OK && d->envelope->kind == VALUE_OBJECT)
			diagnosis_add(d, MISTAKE_ENVELOPE_QUOTED);
	}
	if (e == ERR_OK && d->envelope->kind == VALUE_OBJECT)
		return true;
	diagnosis_add(d, MISTAKE_NOT_JSON);
	d->envelope = NULL;
	return false;
}

static int64_t
time_of(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	int64_t number = 0;

	if (text[digits] || digits < 1 || digits > 17)
		return 0;
	for (const char *c = text; *c; c++)
		number = number * 10 + (*c - '0');
	if (digits == 14 || digits == 17) {
		if (digits == 17)
			number /= 1000;
		int64_t clock = number % 1000000, date = number / 1000000;

		if (!date_real(date))
			return 0;
		return date_begin(date) + clock / 10000 * 3600 + clock / 100 % 100 * 60 +
		       clock % 100;
	}
	return digits >= 12 ? number / 1000 : number ? number : 1;
}

int64_t
bench_time(const struct value *timestamp)
{
	bool readable =
	    timestamp && (timestamp->kind == VALUE_TEXT || timestamp->kind == VALUE_NUMBER);

	return readable ? time_of(timestamp->text) : 0;
}

static void
check_time(int64_t now, struct diagnosis *d)
{
	int64_t made = bench_time(value_member(d->envelope, "timestamp"));

	if (made && (made - now > BENCH_TIME_MAX || now - made > BENCH_TIME_MAX))
		diagnosis_add(d, MISTAKE_TIMESTAMP_FAR_OFF);
}

void
diagnose(struct arena *arena, const struct bench_keys *keys, const struct bench_keys *wrong,
    const char *json, size_t size, int64_t now, struct diagnosis *ret)
{
	*ret = (struct diagnosis){ .step = STEP_COUNT };
	check_keys(keys, ret);
	if (read_envelope(arena, json, size, ret) && check_fields(keys, ret)) {
		if (diagnose_cipher(arena, keys, wrong, ret))
			diagnose_sign(arena, keys, wrong, ret);
		check_time(now, ret);
	}
	ret->ok = ret->count == 0;
}
