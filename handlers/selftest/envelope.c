#include "handlers/selftest/envelope.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/crypto/give_up.h"
#include "fcgi/crypto/sm2_trace.h"
#include "handlers/selftest/value_read.h"
#include "handlers/selftest/value_write.h"

#define ID_MIN 16
#define ID_MAX 64

bool
envelope_id_ok(const char *text)
{
	size_t size = strlen(text);

	for (const char *c = text; *c; c++)
		if (*c <= ' ' || *c > '~')
			return false;
	return size >= ID_MIN && size <= ID_MAX;
}

void
envelope_cipher_key(struct arena *arena, const char *app_id, const char *app_secret,
    unsigned char ret_key[SM4_KEY_SIZE])
{
	unsigned char *cipher;
	size_t size;

	/* a text this short cannot be refused */
	if (sm4_encrypt(arena, (const unsigned char *)app_id, app_secret, strlen(app_secret),
		&cipher, &size) != ERR_OK)
		crypto_give_up("SM4 key");
	memcpy(ret_key, bytes_hex_upper(arena, cipher, SM4_KEY_SIZE / 2), SM4_KEY_SIZE);
}

/* Rule 1: what is never part of the sign string. */
static bool
unsigned_field(const char *name)
{
	return strcmp(name, "signData") == 0 || strcmp(name, "encData") == 0 ||
	       strcmp(name, "extra") == 0 || strcmp(name, "data") == 0;
}

static void
put_pair(struct written *out, const char *name, const struct value *value, size_t start,
    const struct value_style *style)
{
	if (value_dropped(value, style))
		return;
	if (out->size > start)
		text_say(out, "&");
	text_say(out, name);
	text_say(out, "=");
	if (value->kind == VALUE_TEXT)
		text_say(out, value->text);
	else
		value_write(out, value, style);
}

static void
put_string(struct written *out, const struct value *envelope, const struct value *data,
    const char *secret, const struct value_style *style)
{
	size_t start = out->size;

	for (const struct value *v = envelope->least; v; v = v->higher) {
		/* data stands where its name puts it */
		if (data && strcmp(v->name, "data") > 0) {
			put_pair(out, "data", data, start, style);
			data = NULL;
		}
		if (!unsigned_field(v->name))
			put_pair(out, v->name, v, start, style);
	}
	if (data)
		put_pair(out, "data", data, start, style);
	text_say(out, "&key=");
	text_say(out, secret);
}

void
envelope_sign_string(struct written *out, const struct value *envelope, const struct value *data,
    const char *secret)
{
	static const struct value_style right = { 0 };

	put_string(out, envelope, data, secret, &right);
}

enum err
envelope_signed(struct written *string, const unsigned char key[SM2_PUBLIC_SIZE],
    const struct value *envelope, const struct value *data, const char *secret,
    const unsigned char signature[SM2_SIGNATURE_SIZE], struct value_style *ret)
{
	/* PAY-7: what some platforms do, the right way first */
	static const enum value_quotes quotes[] = { QUOTES_AS_SENT, QUOTES_FIRST, QUOTES_NUMBERS };
	static const enum value_empties kept[] = { EMPTIES_DROPPED, EMPTIES_DEEP_KEPT,
		EMPTIES_NULLS_DROPPED, EMPTIES_LISTS_KEPT, EMPTIES_TEXTS_KEPT,
		EMPTIES_LEAVES_DROPPED, EMPTIES_INSIDE_NULLS_DROPPED, EMPTIES_INSIDE_LISTS_KEPT,
		EMPTIES_INSIDE_TEXTS_KEPT, EMPTIES_INSIDE_LEAVES_DROPPED };
	unsigned char z[SM3_SIZE], signed_e[SM2_E_SIZE], e[SM2_E_SIZE];
	enum err good = ERR_INVALID;

	for (size_t i = 0; i < COUNT(kept) * COUNT(quotes) && good != ERR_OK; i++) {
		*ret = (struct value_style){ .empties = kept[i / COUNT(quotes)],
			.quotes = quotes[i % COUNT(quotes)] };
		string->size = 0;
		put_string(string, envelope, data, secret, ret);
		/* a digest tells of those behind the first whether it is worth to verify */
		if (i)
			sm2_e_from(z, string->bytes, string->size, e);
		if (!i || memcmp(e, signed_e, sizeof(e)) == 0)
			good = sm2_verify(key, string->bytes, string->size, signature);
		if (i || good == ERR_OK)
			continue;
		sm2_z_of(key, "1234567812345678", z);
		if (sm2_signed_e(key, signature, signed_e) != ERR_OK)
			break;
	}
	return good;
}

static enum err
read_object(struct arena *arena, const char *json, const struct value **ret)
{
	TRY(value_read(arena, json, strlen(json), ret));
	return (*ret)->kind == VALUE_OBJECT ? ERR_OK : ERR_INVALID;
}

/* The fields but encData and signData, without the brace that ends them. */
static enum err
put_head(struct written *head, const struct envelope_keys *keys, const char *timestamp,
    const char *more)
{
	static const struct value_style kept = { .order = ORDER_SENT, .empties = EMPTIES_KEPT };
	const struct value *members = NULL;
	struct written tail = { .arena = head->arena };

	text_say(head, "{\"appId\":\"");
	text_say(head, keys->app_id);
	text_say(head, "\",\"version\":\"2.0.1\",\"timestamp\":\"");
	text_say(head, timestamp);
	text_say(head, "\",\"encType\":\"SM4\",\"signType\":\"SM2\"");
	if (!more)
		return ERR_OK;
	TRY(read_object(head->arena, more, &members));
	if (!members->count)
		return ERR_OK;
	value_write(&tail, members, &kept);
	text_say(head, ",");
	text_put(head, tail.bytes + 1, tail.size - 2);
	return ERR_OK;
}

static enum err
put_encrypted(struct written *out, const struct envelope_keys *keys, const struct value *content)
{
	static const struct value_style canonical = { 0 };
	struct written clear = { .arena = out->arena };
	unsigned char key[SM4_KEY_SIZE], *cipher;
	size_t size;

	value_write(&clear, content, &canonical);
	envelope_cipher_key(out->arena, keys->app_id, keys->app_secret, key);
	enum err e = sm4_encrypt(out->arena, key, clear.bytes, clear.size, &cipher, &size);
	explicit_bzero(key, sizeof(key));
	TRY(e);
	text_say(out, ",\"encData\":\"");
	text_say(out, bytes_hex_upper(out->arena, cipher, size));
	text_say(out, "\"");
	return ERR_OK;
}

enum err
envelope_seal(struct arena *arena, const struct envelope_keys *keys, const char *data,
    const char *timestamp, const char *more, const char **ret)
{
	struct written head = { .arena = arena }, string = head;
	const struct value *envelope, *content = NULL;
	unsigned char signature[SM2_SIGNATURE_SIZE];

	if (data)
		TRY(read_object(arena, data, &content));
	TRY(put_head(&head, keys, timestamp, more));
	TRY(value_read(arena, arena_printf(arena, "%s}", text_of(&head)), head.size + 1,
	    &envelope));
	envelope_sign_string(&string, envelope, content, keys->app_secret);
	enum err e = sm2_sign(keys->own_private, string.bytes, string.size, signature);
	explicit_bzero(string.bytes, string.size); /* ends with the secret */
	TRY(e);
	if (content)
		TRY(put_encrypted(&head, keys, content));
	*ret = arena_printf(arena, "%s,\"signData\":\"%s\"}", text_of(&head),
	    bytes_base64(arena, signature, sizeof(signature)));
	return ERR_OK;
}

/* Exactly as rule 4 and the SM4 part say: upper-case hex. */
static enum err
decrypt(struct arena *arena, const struct envelope_keys *keys, const char *hex,
    struct opened_envelope *ret)
{
	unsigned char key[SM4_KEY_SIZE], *bytes, *clear;
	size_t size;

	if (!hex || hex[strspn(hex, "0123456789ABCDEF")])
		return ERR_INVALID;
	bytes = arena_alloc(arena, strlen(hex) / 2 + 1);
	TRY(bytes_unhex(hex, bytes, strlen(hex) / 2, &size));
	envelope_cipher_key(arena, keys->app_id, keys->app_secret, key);
	enum err e = sm4_decrypt(arena, key, bytes, size, &clear, &size);
	explicit_bzero(key, sizeof(key));
	TRY(e);
	ret->data_json = (const char *)clear;
	TRY(value_read(arena, ret->data_json, size, &ret->data));
	return ret->data->kind == VALUE_OBJECT ? ERR_OK : ERR_INVALID;
}

/* The values that are prescribed, and what stands for itself. */
static bool
fields_right(const struct value *envelope, const char *app_id)
{
	static const char *const prescribed[][2] = { { "version", "2.0.1" }, { "encType", "SM4" },
		{ "signType", "SM2" } };
	static const struct value_style right = { 0 };
	const struct value *time = value_member(envelope, "timestamp");
	const struct value *data = value_member(envelope, "data");
	const char *own = value_text(envelope, "appId");

	for (size_t i = 0; i < COUNT(prescribed); i++) {
		const char *text = value_text(envelope, prescribed[i][0]);

		if (!text || strcmp(text, prescribed[i][1]) != 0)
			return false;
	}
	return own && strcmp(own, app_id) == 0 && time &&
	       (time->kind == VALUE_NUMBER || (time->kind == VALUE_TEXT && *time->text)) &&
	       (!data || value_dropped(data, &right));
}

enum err
envelope_open(struct arena *arena, const struct envelope_keys *keys, const char *json, size_t size,
    struct opened_envelope *ret)
{
	unsigned char signature[SM2_SIGNATURE_SIZE];
	struct written string = { .arena = arena };
	struct value_style style;

	TRY(value_read(arena, json, size, &ret->envelope));
	const char *sign = value_text(ret->envelope, "signData");
	if (!sign || !fields_right(ret->envelope, keys->app_id))
		return ERR_INVALID;
	TRY(sm2_read_signature(sign, signature));
	TRY(decrypt(arena, keys, value_text(ret->envelope, "encData"), ret));
	enum err e = envelope_signed(&string, keys->peer_public, ret->envelope, ret->data,
	    keys->app_secret, signature, &style);
	explicit_bzero(string.bytes, string.size); /* ends with the secret */
	return e;
}
