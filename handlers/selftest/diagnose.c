/* Step by step: keys, envelope, decryption, signature, time. */
#include "handlers/selftest/diagnose.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/sm2_trace.h"
#include "handlers/selftest/cipher_search.h"
#include "handlers/selftest/diagnosis_answer.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/loose.h"
#include "handlers/selftest/selftest_time.h"
#include "handlers/selftest/sign_search.h"
#include "handlers/selftest/value_read.h"

static void
check_keys(const struct selftest_keys *keys, struct diagnosis *d)
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

/* ---- the envelope ---- */

static const char *const names[] = { "appId", "version", "timestamp", "encType", "signType",
	"encData", "signData" };

/* name=value&…, or JSON with its characters percent-encoded: how browsers post forms. */
static bool
is_form(const char *json, size_t size)
{
	size_t at = 0;

	while (at < size && at < 32 &&
	       memchr("_-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", json[at],
		   64))
		at++;
	return size > 3 && (memcmp(json, "%7B", 3) == 0 || memcmp(json, "%7b", 3) == 0 ||
			       (at > 0 && at < size && json[at] == '='));
}

/* false: no JSON object. */
static bool
read_envelope(struct arena *arena, const char *json, size_t size, struct diagnosis *d)
{
	bool form = is_form(json, size);
	struct loose loose;

	if (form) {
		diagnosis_add(d, MISTAKE_ENVELOPE_FORM);
		json = url_decoded(arena, json, size, true, &size);
	}
	if (!read_loose(arena, json, size, &loose)) {
		diagnosis_add(d, form ? MISTAKE_COUNT : MISTAKE_NOT_JSON);
		return false;
	}
	diagnosis_add(d, loose.bom ? MISTAKE_ENVELOPE_BOM : MISTAKE_COUNT);
	diagnosis_add(d, loose.recoded ? MISTAKE_NOT_UTF8 : MISTAKE_COUNT);
	diagnosis_add(d, loose.wrapped ? MISTAKE_ENVELOPE_QUOTED : MISTAKE_COUNT);
	d->envelope = d->sent = loose.value;
	return true;
}

/* But for case and what stands between words: appid, APP_ID, app-id. */
static bool
is_almost(const char *given, const char *name)
{
	for (; *given; given++) {
		if (strchr("_- ", *given))
			continue;
		if (((unsigned char)*given | 32) != ((unsigned char)*name | 32))
			return false;
		name++;
	}
	return !*name;
}

/* Gives such fields their names, to go on with. */
static void
mend_names(struct arena *arena, struct diagnosis *d)
{
	for (size_t i = 0; i < COUNT(names); i++)
		for (const struct value *m = d->envelope->first; m; m = m->next) {
			if (value_member(d->envelope, names[i]) || !is_almost(m->name, names[i]))
				continue;
			d->envelope = value_renamed(arena, d->envelope, m->name, names[i]);
			diagnosis_add(d, MISTAKE_FIELD_NAME);
			break;
		}
}

/* But for case and blanks around it. */
static bool
is_almost_id(const char *given, const char *id)
{
	size_t size = strlen(id);

	given += strspn(given, " \t\r\n");
	return strncasecmp(given, id, size) == 0 && !given[size + strspn(given + size, " \t\r\n")];
}

/* false: not enough is there to go on. */
static bool
check_fields(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d)
{
	static const char *const prescribed[][2] = { { "version", "2.0.1" }, { "encType", "SM4" },
		{ "signType", "SM2" } };
	static const struct value_style right = { 0 };

	mend_names(arena, d);
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *text = value_text(d->envelope, names[i]);
		const struct value *field = value_member(d->envelope, names[i]);
		bool number =
		    field && field->kind == VALUE_NUMBER && strcmp(names[i], "timestamp") == 0;

		if (!number && !(text && *text)) {
			diagnosis_add(d, MISTAKE_FIELD_MISSING);
			return false;
		}
	}
	for (size_t i = 0; i < COUNT(prescribed); i++)
		if (strcmp(value_text(d->envelope, prescribed[i][0]), prescribed[i][1]) != 0)
			diagnosis_add(d, MISTAKE_FIELD_VALUE);
	const char *app_id = value_text(d->envelope, "appId");
	if (strcmp(app_id, keys->app_id) != 0)
		diagnosis_add(d, is_almost_id(app_id, keys->app_id) ? MISTAKE_APP_ID_WRITTEN
								    : MISTAKE_ENVIRONMENT);
	const struct value *left = value_member(d->envelope, "data");
	if (left && !value_dropped(left, &right))
		diagnosis_add(d, MISTAKE_DATA_LEFT_IN);
	return true;
}

/* ---- the signature ---- */

/* Nothing to search for, as most often: the right string, or one that some platforms sign. */
static bool
is_right(struct arena *arena, const struct selftest_keys *keys, const struct sign_form *form,
    struct diagnosis *d)
{
	struct written string = { .arena = arena };
	struct value_style style;

	if (form->count || envelope_signed(&string, keys->channel_public, d->envelope,
			       d->data_value, keys->app_secret, form->signature, &style) != ERR_OK)
		return false;
	if (style.quotes != QUOTES_AS_SENT)
		diagnosis_add(d, MISTAKE_NUMBERS_QUOTED_FIRST);
	if (style.empties != EMPTIES_DROPPED)
		diagnosis_add(d, MISTAKE_EMPTIES_DEPTH);
	sm2_e_of(keys->channel_public, "1234567812345678", string.bytes, string.size, d->e);
	d->has_e = true;
	d->inferred = text_of(&string);
	return true;
}

/* Of the right string, by anything that is no signature. */
static bool
is_digest(const char *string, const char *secret, const char *text)
{
	unsigned char bytes[64], digests[3][32];
	size_t size = strlen(text) > 70 ? 0 : sign_text_bytes(text, bytes, sizeof(bytes));

	sm3(string, strlen(string), digests[0]);
	sha256(string, strlen(string), digests[1]);
	sm3_hmac(secret, strlen(secret), string, strlen(string), digests[2]);
	for (size_t i = 0; i < 3; i++)
		if (size == 32 && memcmp(bytes, digests[i], 32) == 0)
			return true;
	return false;
}

static void
check_signature(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, struct diagnosis *d)
{
	struct written expected = { .arena = arena };
	const char *text = value_text(d->envelope, "signData");
	struct sign_form forms[FORMS_MAX];

	envelope_sign_string(&expected, d->envelope, d->data_value, keys->app_secret);
	d->expected = text_of(&expected);
	size_t count = sign_forms(arena, text, forms);
	if (!count) {
		bool digest = is_digest(d->expected, keys->app_secret, text);

		diagnosis_add(d, digest ? MISTAKE_SIGN_IS_DIGEST : MISTAKE_SIGN_MALFORMED);
		d->unexplained |= !digest;
	} else if (!is_right(arena, keys, &forms[0], d) &&
		   !search_sign_string(arena, keys, wrong, forms, count, d)) {
		for (size_t i = 0; i < forms[0].count; i++)
			diagnosis_add(d, forms[0].mistakes[i]);
		diagnosis_add(d, MISTAKE_SIGN_MISMATCH);
		d->unexplained = true;
	}
}

static void
check_time(struct arena *arena, int64_t now, struct diagnosis *d)
{
	int hours;
	enum mistake late = selftest_time_mistake(value_member(d->envelope, "timestamp"), now,
	    SELFTEST_TIME_MAX, &hours);

	diagnosis_add(d, late);
	if (late == MISTAKE_TIMESTAMP_ZONE)
		d->note = selftest_time_note(arena, hours);
}

void
diagnose(struct arena *arena, const struct selftest_keys *keys, const struct selftest_keys *wrong,
    const char *json, size_t size, int64_t now, bool strict, struct diagnosis *ret)
{
	*ret = (struct diagnosis){ .step = STEP_COUNT, .strict = strict };
	check_keys(keys, ret);
	if (read_envelope(arena, json, size, ret) && check_fields(arena, keys, ret)) {
		if (search_cipher(arena, keys, wrong, ret)) {
			const char *garbled = value_garbled(arena, ret->data_value);

			diagnosis_add(ret, garbled ? MISTAKE_DATA_GARBLED : MISTAKE_COUNT);
			check_signature(arena, keys, wrong, ret);
			if (garbled)
				ret->note = garbled;
		}
		check_time(arena, now, ret);
	}
	ret->ok = ret->count == 0;
	if (!diagnosis_determined(ret))
		diagnosis_hint(arena, keys, ret);
}

void
diagnose_too_large(struct diagnosis *ret)
{
	*ret = (struct diagnosis){ .step = STEP_COUNT };
	diagnosis_add(ret, MISTAKE_ENVELOPE_LARGE);
}
