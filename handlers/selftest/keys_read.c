/* The keys of a sheet, as a file gives them. */
#include "handlers/selftest/keys_read.h"

#include <string.h>

#include "fcgi/crypto/sm2.h"
#include "handlers/key/key_text.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/value_read.h"

/* Without the blanks and line ends that copying left around or in it; "" when there is none. */
static const char *
unbroken(struct arena *arena, const char *text, struct selftest_keys *keys)
{
	size_t size = text ? strlen(text) : 0, n = 0;
	char *clean = arena_alloc(arena, size + 1);

	for (size_t i = 0; i < size; i++)
		if (!strchr(" \t\r\n", text[i]))
			clean[n++] = text[i];
	keys->other_form |= n != size;
	return clean;
}

/* As on the sheet, or else in any form that holds such a key, which is remembered. */
static enum err
read_public(struct arena *arena, const char *text, unsigned char *ret_key,
    struct selftest_keys *keys)
{
	if (sm2_read_public(text, ret_key) == ERR_OK)
		return ERR_OK;
	keys->other_form = true;
	if (sm2_read_public(unbroken(arena, text, keys), ret_key) == ERR_OK)
		return ERR_OK;
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
	if (sm2_read_private(unbroken(arena, text, keys), keys->channel_private) == ERR_OK)
		return ERR_OK;
	return key_text_private(arena, text, keys->channel_private);
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
	ret->app_id = unbroken(arena, value_text(all, "appId"), ret);
	ret->app_secret = unbroken(arena, value_text(all, "appSecret"), ret);
	if (!envelope_id_ok(ret->app_id) || !envelope_id_ok(ret->app_secret) || !channel ||
	    !platform)
		return ERR_INVALID;
	TRY(read_private(arena, value_text(all, "channelPrivateKey"), ret));
	TRY(read_public(arena, channel, ret->channel_public, ret));
	return read_public(arena, platform, ret->platform_public, ret);
}
