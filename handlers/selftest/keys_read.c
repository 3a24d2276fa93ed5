/* The keys of a sheet, as a file gives them. */
#include "handlers/selftest/keys_read.h"

#include <string.h>

#include "fcgi/crypto/sm2.h"
#include "handlers/key/key_text.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/value_read.h"

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
