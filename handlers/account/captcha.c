#include "handlers/account/captcha.h"

#include <stdlib.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/http/query.h"
#include "handlers/account/captcha_picture.h"
#include "handlers/account/captcha_sound.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/table/limits.h"

#define ID_BYTES 16

struct captcha_answer {
	const char *id;
};
static const struct answer_row captcha_rows[] = {
	ANSWER(struct captcha_answer, id),
};
const struct answer captcha_answer = ANSWER_TABLE("captcha", struct captcha_answer, captcha_rows);
const struct answer captcha_picture_answer = ANSWER_FILE("image/png");
const struct answer captcha_sound_answer = ANSWER_FILE("audio/wav");

enum err
captcha_new(struct req *q)
{
	unsigned char raw[ID_BYTES];

	random_bytes(raw, sizeof(raw));
	const struct captcha_answer answer = { .id = bytes_hex(q->arena, raw, sizeof(raw)) };
	TRY(kv_set_new(q->kv, &kv_captcha, answer.id, captcha_text(q->arena)));
	return reply(q, 201, &captcha_answer, &answer);
}

/* How the picture is bent: of the id, but not to be guessed from it. */
static uint64_t
seed(struct req *q)
{
	const char *hex = index_text(q, PURPOSE_CAPTCHA_SEED, q->key);

	return strtoull(arena_strndup(q->arena, hex, 16), NULL, 16);
}

struct captcha_query {
	int64_t scale;
};
static const struct field query_fields[] = {
	FIELD(struct captcha_query, scale, .label = "pixels of the screen for one of the page",
	    .min = 1, .max = CAPTCHA_SCALE_MAX),
};
const struct form captcha_query = FORM("captcha_query", query_fields);

enum err
captcha_show(struct req *q)
{
	struct captcha_query in = { .scale = 1 };
	const char *answer;
	unsigned char *png;
	size_t size;

	TRY(query_bind(q, &captcha_query, &in));
	TRY(kv_get(q->kv, q->arena, &kv_captcha, q->key, &answer));
	captcha_draw(q->arena, answer, seed(q), (unsigned)in.scale, &png, &size);
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
