#include "channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static size_t
unbase64(const char *text, unsigned char *out, size_t cap)
{
	size_t digits = strlen(text), pads = digits ? digits - strcspn(text, "=") : 0;

	if (!digits || digits % 4 || pads > 2 || digits / 4 * 3 > cap)
		return 0;
	int size = EVP_DecodeBlock(out, (const unsigned char *)text, (int)digits);
	return size < 0 ? 0 : (size_t)size - pads;
}

/* sample: keys */
bool
channel_keys_read(const char *json, struct channel_keys *ret)
{
	unsigned char d[36], point[69] = { 4 };

	*ret = (struct channel_keys){ .values = json_parse(json) };
	ret->app_id = json_text(ret->values, "appId");         /* 应用ID */
	ret->app_secret = json_text(ret->values, "appSecret"); /* 数字密钥 */
	size_t d_size = unbase64(json_text(ret->values, "channelPrivateKey"), d, sizeof(d));
	size_t size = unbase64(json_text(ret->values, "platformPublicKey"), point + 1, 68);
	bool java = d_size == 33 && d[0] == 0; /* Java tools write 00 and 32 bytes */
	bool whole = size == 65;               /* some leave the 04 of a public key out */

	if (strlen(ret->app_id) < 16 || (d_size != 32 && !java) || (!whole && size != 64))
		return false;
	ret->own = sm2_private_key(d + java);
	ret->platform = sm2_public_key(point + whole);
	return ret->own && ret->platform;
}
/* end of sample */

void
channel_keys_free(struct channel_keys *keys)
{
	EVP_PKEY_free(keys->own);
	EVP_PKEY_free(keys->platform);
	json_free(keys->values);
}

static void
add_hex(struct text *out, const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		char digits[3];

		snprintf(digits, sizeof(digits), "%02X", bytes[i]);
		text_say(out, digits);
	}
}

static bool
unhex(const char *text, unsigned char *out)
{
	for (unsigned byte; *text; text += 2, *out++ = (unsigned char)byte)
		if (strspn(text, "0123456789ABCDEFabcdef") < 2 || sscanf(text, "%2x", &byte) != 1)
			return false;
	return true;
}

/* sample: sign_string */
static void
add_field(struct text *out, const char *name, const struct json *value)
{
	if (json_is_empty(value))
		return;
	if (out->size)
		text_say(out, "&");
	text_say(out, name);
	text_say(out, "=");
	if (value->kind == JSON_TEXT)
		text_say(out, value->text);
	else
		json_write(out, value);
}

/* All fields but three, and data in clear, in the order of names; then &key=数字密钥. */
static void
sign_string(struct text *out, const struct json *envelope, const struct json *data,
    const char *app_secret)
{
	for (const struct json *f = envelope->first; f; f = f->next) {
		if (data && strcmp(f->name, "data") > 0) {
			add_field(out, "data", data);
			data = NULL;
		}
		if (strcmp(f->name, "signData") != 0 && strcmp(f->name, "encData") != 0 &&
		    strcmp(f->name, "extra") != 0)
			add_field(out, f->name, f);
	}
	if (data)
		add_field(out, "data", data);
	text_say(out, "&key=");
	text_say(out, app_secret);
}
/* end of sample */

/* sample: sm4_key */
/* The first 16 characters of the upper-case hex, as 16 bytes; not the bytes it stands for. */
static bool
sm4_key(const struct channel_keys *keys, unsigned char key[16])
{
	unsigned char c[256];
	struct text hex = { 0 };
	size_t size;

	if (strlen(keys->app_secret) > 200 ||
	    !sm4((const unsigned char *)keys->app_id, true, keys->app_secret,
		strlen(keys->app_secret), c, &size))
		return false;
	add_hex(&hex, c, size);
	memcpy(key, hex.bytes, 16);
	free(hex.bytes);
	return true;
}
/* end of sample */

/* sample: envelope */
/* Both as the platform writes them: upper-case hex, and base64 of 64 bytes. */
static bool
encrypt_and_sign(const struct channel_keys *keys, const struct text *string,
    const struct text *clear, struct text *enc_data, char sign_data[89])
{
	unsigned char signature[64], key[16], *bytes = malloc(clear->size + 16);
	size_t size;
	bool good = bytes && sm2_sign(keys->own, string->bytes, string->size, signature) &&
		    sm4_key(keys, key) && sm4(key, true, clear->bytes, clear->size, bytes, &size);

	if (good) {
		EVP_EncodeBlock((unsigned char *)sign_data, signature, sizeof(signature));
		add_hex(enc_data, bytes, size);
	}
	free(bytes);
	return good;
}

/* Signed in clear, then encrypted; data itself is not sent. */
char *
channel_seal(const struct channel_keys *keys, const struct json *data)
{
	struct text out = { 0 }, string = { 0 }, clear = { 0 }, enc_data = { 0 };
	char head[300], sign_data[89];
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(head, sizeof(head),
	    "{\"appId\":\"%.100s\",\"version\":\"2.0.1\",\"timestamp\":\"%lld%03ld\","
	    "\"encType\":\"SM4\",\"signType\":\"SM2\"}",
	    keys->app_id, (long long)now.tv_sec, now.tv_nsec / 1000000);
	struct json *envelope = json_parse(head);
	sign_string(&string, envelope, data, keys->app_secret);
	json_write(&clear, data);
	if (encrypt_and_sign(keys, &string, &clear, &enc_data, sign_data)) {
		text_add(&out, head, strlen(head) - 1);
		text_say(&out, ",\"encData\":\"");
		text_say(&out, enc_data.bytes);
		text_say(&out, "\",\"signData\":\"");
		text_say(&out, sign_data);
		text_say(&out, "\"}");
	}
	json_free(envelope);
	free(string.bytes);
	free(clear.bytes);
	free(enc_data.bytes);
	return out.bytes;
}
/* end of sample */

static struct json *
decrypt(const struct channel_keys *keys, const char *enc_data)
{
	size_t size = strlen(enc_data) / 2;
	unsigned char *bytes = malloc(size + 1), key[16];
	char *clear = malloc(size + 17);
	struct json *data = NULL;

	if (bytes && clear && unhex(enc_data, bytes) && sm4_key(keys, key) &&
	    sm4(key, false, bytes, size, clear, &size)) {
		clear[size] = '\0';
		data = json_parse(clear);
	}
	free(bytes);
	free(clear);
	return data;
}

bool
channel_open(const struct channel_keys *keys, const char *json, struct channel_answer *ret)
{
	struct text string = { 0 };
	unsigned char signature[68];

	*ret = (struct channel_answer){ .envelope = json_parse(json) };
	const char *enc_data = json_text(ret->envelope, "encData");
	if (*enc_data && !(ret->data = decrypt(keys, enc_data)))
		return false;
	if (unbase64(json_text(ret->envelope, "signData"), signature, sizeof(signature)) != 64)
		return false;
	sign_string(&string, ret->envelope, ret->data, keys->app_secret);
	bool good = sm2_verify(keys->platform, string.bytes, string.size, signature);
	free(string.bytes);
	return good;
}
