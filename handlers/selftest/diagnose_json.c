/* The diagnosis as people and programs read it, and the keys it needs. */
#include <string.h>

#include "fcgi/base/bytes.h"
#include "handlers/key/key_text.h"
#include "handlers/selftest/diagnose_part.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/sample.h"

/* As on the sheet, or else in any form that holds such a key, which is remembered. */
static enum err
read_public(struct arena *arena, const char *text, unsigned char *ret_key,
    struct selftest_keys *keys)
{
	if (sm2_read_public(text, ret_key) == ERR_OK)
		return ERR_OK;
	keys->other_form = true;
	return key_text_public(arena, text, ret_key) == SM2_TEXT_PUBLIC ? ERR_OK : ERR_INVALID;
}

static enum err
read_private(struct arena *arena, const char *text, struct selftest_keys *keys)
{
	if (!text)
		return ERR_OK;
	keys->has_private = true;
	if (sm2_read_private(text, keys->channel_private) == ERR_OK)
		return ERR_OK;
	keys->other_form = true;
	return key_text_private(arena, text, keys->channel_private);
}

/* 应用ID or 数字密钥, without the blanks that copying left around it. */
static const char *
read_id(struct arena *arena, const char *text, struct selftest_keys *keys)
{
	static const char blanks[] = " \t\r\n";

	if (!text)
		return "";
	const char *from = text + strspn(text, blanks);
	size_t size = strlen(from);
	while (size && strchr(blanks, from[size - 1]))
		size--;
	keys->other_form |= strlen(text) != size;
	return arena_strndup(arena, from, size);
}

enum err
selftest_keys_read(struct arena *arena, const char *json, size_t size, struct selftest_keys *ret,
    enum mistake *ret_mistake)
{
	static const char bom[] = "\xef\xbb\xbf";
	size_t skip = size >= 3 && memcmp(json, bom, 3) == 0 ? 3 : 0;
	const struct value *all = NULL;

	*ret = (struct selftest_keys){ 0 };
	*ret_mistake = MISTAKE_KEYS_UNREADABLE;
	TRY(value_read(arena, json + skip, size - skip, &all));
	const char *channel = value_text(all, "channelPublicKey");
	const char *platform = value_text(all, "platformPublicKey");
	ret->app_id = read_id(arena, value_text(all, "appId"), ret);
	ret->app_secret = read_id(arena, value_text(all, "appSecret"), ret);
	if (!envelope_id_ok(ret->app_id) || !envelope_id_ok(ret->app_secret) || !channel ||
	    !platform)
		return ERR_INVALID;
	TRY(read_private(arena, value_text(all, "channelPrivateKey"), ret));
	TRY(read_public(arena, channel, ret->channel_public, ret));
	return read_public(arena, platform, ret->platform_public, ret);
}

/* A step is done when it was reached and nothing of it is wrong. */
static json_t *
steps_json(const struct diagnosis *d)
{
	json_t *steps = json_array();
	bool reached = true;

	for (size_t i = 0; i < STEP_COUNT; i++) {
		const struct mistake_info *wrong = NULL;

		for (size_t j = 0; !wrong && j < d->count; j++)
			if (mistakes[d->mistakes[j]].step == (enum selftest_step)i)
				wrong = &mistakes[d->mistakes[j]];
		if (i == STEP_DECRYPT || i == STEP_SIGNATURE)
			reached = d->data_value != NULL;
		if (i == STEP_TIMESTAMP)
			reached = d->envelope != NULL;
		json_array_append_new(steps,
		    json_pack("{ss ss ss ss?}", "step", selftest_steps[i].wire, "text",
			selftest_steps[i].text, "state",
			wrong     ? "failed"
			: reached ? "passed"
				  : "skipped",
			"title", wrong ? wrong->title : NULL));
	}
	return steps;
}

static json_t *
mistakes_json(const struct diagnosis *d)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->count; i++) {
		const struct mistake_info *info = &mistakes[d->mistakes[i]];

		json_array_append_new(list,
		    json_pack("{ss ss ss ss}", "step", selftest_steps[info->step].wire, "mistake",
			info->wire, "title", info->title, "advice", info->advice));
	}
	return list;
}

json_t *
diagnosis_steps_json(const struct diagnosis *d)
{
	const struct mistake_info *first = d->count ? &mistakes[d->mistakes[0]] : NULL;

	return json_pack("{sb sb ss ss? ss? ss? so so}", "ok", d->ok, "determined",
	    diagnosis_determined(d), "step", d->ok ? "done" : selftest_steps[d->step].wire,
	    "mistake", first ? first->wire : NULL, "title", first ? first->title : NULL, "advice",
	    first ? first->advice : NULL, "mistakes", mistakes_json(d), "steps", steps_json(d));
}

/* Beside each mistake, the code that does it right. */
static void
add_code(struct arena *arena, json_t *list, const struct diagnosis *d)
{
	for (size_t i = 0; i < d->count; i++)
		json_object_set_new(json_array_get(list, i), "code",
		    sample_json(arena, mistakes[d->mistakes[i]].sample));
}

static json_t *
with_strings(struct arena *arena, const struct diagnosis *d, const char *expected,
    const char *inferred)
{
	json_t *all = diagnosis_steps_json(d);

	add_code(arena, json_object_get(all, "mistakes"), d);
	json_object_set_new(all, "expected", expected ? json_string(expected) : json_null());
	json_object_set_new(all, "inferred", inferred ? json_string(inferred) : json_null());
	json_object_set_new(all, "signed_e",
	    d->has_e ? json_string(bytes_hex(arena, d->e, sizeof(d->e))) : json_null());
	json_object_set_new(all, "data", d->data ? json_string(d->data) : json_null());
	json_object_set_new(all, "note", d->note ? json_string(d->note) : json_null());
	json_object_set_new(all, "checked", d->checked ? json_string(d->checked) : json_null());
	json_t *next = json_array();
	for (size_t i = 0; i < d->nnext; i++)
		json_array_append_new(next, json_string(d->next[i]));
	json_object_set_new(all, "next", next);
	return all;
}

json_t *
diagnosis_json(struct arena *arena, const struct diagnosis *d)
{
	return with_strings(arena, d, d->expected, d->inferred);
}

/* Every place where it stands, in either case, in stars. */
static void
mask(char *text, const char *secret, size_t size)
{
	char *at = text;

	while (at && *at && size) {
		if (strncasecmp(at, secret, size) == 0) {
			memset(at, '*', size);
			at += size;
		} else {
			at++;
		}
	}
}

/* 数字密钥, or the half of it, the key that comes of it, and 渠道私钥. */
static void
mask_keys(struct arena *arena, char *text, const struct selftest_keys *keys)
{
	unsigned char key[SM4_KEY_SIZE];

	mask(text, keys->app_secret, strlen(keys->app_secret));
	mask(text, keys->app_secret, SM4_KEY_SIZE);
	envelope_cipher_key(arena, keys->app_id, keys->app_secret, key);
	mask(text, (const char *)key, sizeof(key));
	explicit_bzero(key, sizeof(key));
	if (keys->has_private) {
		const char *own = bytes_base64(arena, keys->channel_private, SM2_PRIVATE_SIZE);

		mask(text, own, strlen(own));
	}
}

static const char *
masked(struct arena *arena, const char *text, const struct selftest_keys *keys,
    const struct selftest_keys *wrong)
{
	if (!text)
		return NULL;
	char *copy = arena_strndup(arena, text, strlen(text));
	mask_keys(arena, copy, keys);
	if (wrong)
		mask_keys(arena, copy, wrong);
	return copy;
}

json_t *
diagnosis_json_masked(struct arena *arena, const struct diagnosis *d,
    const struct selftest_keys *keys, const struct selftest_keys *wrong)
{
	return with_strings(arena, d, masked(arena, d->expected, keys, wrong),
	    masked(arena, d->inferred, keys, wrong));
}
