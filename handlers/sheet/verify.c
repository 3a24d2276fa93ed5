#include "handlers/sheet/verify.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/keyring.h"
#include "handlers/sheet/layout.h"
#include "handlers/sheet/offer.h"
#include "handlers/sheet/seal.h"
#include "sql/key/platform_key.h"
#include "sql/key/sheet.h"

#define PURPOSE "platform_key.private"

enum err
sheet_key_ensure(struct req *q)
{
	struct platform_key key;
	struct sm2_pair pair;
	enum err e = platform_key_get(q->db, q->arena, PLATFORM_KEY_SHEET, &key);

	if (e != ERR_NOT_FOUND)
		return e;
	sm2_generate(&pair);
	char *text = bytes_base64(q->arena, pair.private_key, sizeof(pair.private_key));
	key.public_key = bytes_base64(q->arena, pair.public_key, sizeof(pair.public_key));
	key.private_sealed = keyring_seal(q->vault, q->arena, PURPOSE, text);
	explicit_bzero(text, strlen(text));
	explicit_bzero(&pair, sizeof(pair));
	SQL_TX(tx, q->db);
	TRY(platform_key_add(&tx, PLATFORM_KEY_SHEET, &key, q->now));
	return sql_commit(&tx);
}

enum err
sheet_sign(struct req *q, const char *number, unsigned char **pdf, size_t *size)
{
	unsigned char private_key[SM2_PRIVATE_SIZE];
	struct platform_key key;
	char *text;

	enum err e = platform_key_get(q->db, q->arena, PLATFORM_KEY_SHEET, &key);
	if (e != ERR_OK) /* `portal migrate` makes it */
		return e == ERR_NOT_FOUND ? ERR_INTERNAL : e;
	TRY(keyring_unseal(q->vault, q->arena, PURPOSE, key.private_sealed, &text));
	e = sm2_read_private(text, private_key);
	explicit_bzero(text, strlen(text));
	if (e == ERR_OK)
		e = sheet_seal(q->arena, private_key, number, *pdf, *size, pdf, size);
	explicit_bzero(private_key, sizeof(private_key));
	return e == ERR_INVALID ? ERR_INTERNAL : e;
}

enum err
verify_key_show(struct req *q)
{
	struct platform_key key;

	TRY(platform_key_get(q->db, q->arena, PLATFORM_KEY_SHEET, &key));
	return reply_json(q, 200, json_pack("{ss}", "public_key", key.public_key));
}

static enum err
answer(struct req *q, const char *status, const char *text)
{
	return reply_json(q, 200, json_pack("{ss ss}", "status", status, "status_text", text));
}

static enum err
standing(struct req *q, const char *number)
{
	struct sheet_standing s;
	enum err e = issued_sheet_standing(q->db, q->arena, number, &s);

	if (e == ERR_NOT_FOUND)
		return answer(q, "unknown", "查无此单");
	TRY(e);
	bool over = s.disabled_at || (s.valid_until && s.valid_until <= q->now);
	enum environment environment = (enum environment)s.environment;
	enum sheet_kind kind = (enum sheet_kind)s.kind;
	json_t *body = json_pack("{ss ss ss ss ss ss ss sI}", "status", over ? "revoked" : "valid",
	    "status_text", over ? "已作废" : "有效", "number", number, "title",
	    sheet_title(environment, kind), "environment", environment_wire(environment), "kind",
	    sheet_kind_wire(kind), "initiator", s.initiator, "replied_at",
	    (json_int_t)s.replied_at);
	if (s.valid_until && !over) /* replaced, but good until then */
		json_object_set_new(body, "valid_until", json_integer(s.valid_until));
	return reply_json(q, 200, body);
}

enum err
verify_show(struct req *q)
{
	return standing(q, q->key);
}

enum err
verify_file(struct req *q)
{
	unsigned char public_key[SM2_PUBLIC_SIZE];
	char number[SHEET_NUMBER_SIZE + 1];
	struct platform_key key;
	size_t size = 0, cap = (size_t)q->body_length;
	unsigned char *file = arena_alloc(q->arena, cap + 1);

	while (size < cap) {
		ssize_t n = q->body.read(q->body.from, file + size, cap - size);

		if (n <= 0)
			return ERR_BAD_REQUEST;
		size += (size_t)n;
	}
	TRY(platform_key_get(q->db, q->arena, PLATFORM_KEY_SHEET, &key));
	TRY(sm2_read_public(key.public_key, public_key));
	enum err e = sheet_unseal(q->arena, public_key, file, size, number);
	if (e == ERR_NOT_FOUND)
		return answer(q, "unsealed", "不是本平台出具的反馈单电子文件");
	if (e == ERR_INVALID)
		return answer(q, "altered", "核验未通过：文件已被改动，或不是本平台出具");
	TRY(e);
	return standing(q, number);
}
