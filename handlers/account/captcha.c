#include "handlers/account/captcha.h"

#include <stdlib.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/keyring.h"
#include "handlers/account/captcha_picture.h"
#include "handlers/account/captcha_sound.h"
#include "handlers/rules/table/kv_families.h"

#define ID_BYTES 16

enum err
captcha_new(struct req *q)
{
	unsigned char raw[ID_BYTES];

	random_bytes(raw, sizeof(raw));
	const char *id = bytes_hex(q->arena, raw, sizeof(raw));
	TRY(kv_set_new(q->kv, &kv_captcha, id, captcha_text(q->arena)));
	return reply_json(q, 201, json_pack("{ss}", "id", id));
}

/* How the picture is bent: of the id, but not to be guessed from it. */
static uint64_t
seed(struct req *q)
{
	const char *hex = keyring_index(q->keyring, q->arena, "captcha.seed", q->key);

	return strtoull(arena_strndup(q->arena, hex, 16), NULL, 16);
}

enum err
captcha_show(struct req *q)
{
	unsigned scale = (unsigned)query_int(q, "scale", 1, CAPTCHA_SCALE_MAX, 1);
	const char *answer;
	unsigned char *png;
	size_t size;

	TRY(kv_get(q->kv, q->arena, &kv_captcha, q->key, &answer));
	captcha_draw(q->arena, answer, seed(q), scale, &png, &size);
	return reply_bytes(q, "image/png", png, size);
}

enum err
captcha_play(struct req *q)
{
	const char *answer;
	unsigned char *wav;
	size_t size;

	TRY(kv_get(q->kv, q->arena, &kv_captcha, q->key, &answer));
	captcha_speak(q->arena, answer, seed(q), &wav, &size);
	return reply_bytes(q, "audio/wav", wav, size);
}
