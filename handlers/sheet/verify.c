#include "handlers/sheet/verify.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/sm.h"
#include "handlers/common/sealing.h"
#include "handlers/sheet/layout.h"
#include "handlers/sheet/offer.h"
#include "handlers/sheet/resaved.h"
#include "handlers/sheet/seal.h"
#include "sql/key/platform_key.h"
#include "sql/key/sheet.h"

static const struct answer_row key_rows[] = {
	ANSWER(struct platform_key, public_key, .about = "base64"),
};
const struct answer verify_key_answer = ANSWER_TABLE("verify_key", struct platform_key, key_rows);

struct standing_answer {
	const char *status, *status_text, *number, *title, *environment, *kind, *initiator;
	const char *institution, *app_name, *app_id, *sm3, *sha256;
	int64_t replied_at, valid_until;
};
static const struct answer_row rows[] = {
	ANSWER(struct standing_answer, status,
	    .words = "valid replaced revoked unknown altered resaved unsealed",
	    .about =
		"altered: not what was issued; resaved: it says what was issued, and is not the"
		" file; unsealed: no sheet of this platform"),
	ANSWER(struct standing_answer, status_text),
	ANSWER(struct standing_answer, number, .optional = true,
	    .about = "this and the rest of a sheet that is known, as it was issued"),
	ANSWER(struct standing_answer, title, .optional = true),
	ANSWER(struct standing_answer, environment, .optional = true, .words = environment_words),
	ANSWER(struct standing_answer, kind, .optional = true, .words = sheet_kind_words),
	ANSWER(struct standing_answer, initiator, .optional = true),
	ANSWER(struct standing_answer, institution, .optional = true),
	ANSWER(struct standing_answer, app_name, .optional = true),
	ANSWER(struct standing_answer, app_id, .optional = true),
	ANSWER(struct standing_answer, sm3, .optional = true,
	    .about = "of the file as it was downloaded last, hex, as the next"),
	ANSWER(struct standing_answer, sha256, .optional = true),
	ANSWER(struct standing_answer, replied_at, .optional = true, .about = "Unix seconds"),
	ANSWER(struct standing_answer, valid_until, .optional = true,
	    .about = "Unix seconds; its keys were replaced, and run out then"),
};
const struct answer standing_answer = ANSWER_TABLE("standing", struct standing_answer, rows);

static const char *
key_row(const struct req *q, int64_t created_at)
{
	return row_pair(q, PLATFORM_KEY_SHEET, row_number(q, created_at));
}

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
	key.private_sealed = seal_text(q, PURPOSE_PLATFORM_KEY_PRIVATE, key_row(q, q->now), text);
	explicit_bzero(text, strlen(text));
	explicit_bzero(&pair, sizeof(pair));
	SQL_TX(tx, q->db);
	TRY(platform_key_add(&tx, PLATFORM_KEY_SHEET, &key, q->now));
	return sql_commit(&tx);
}

static enum err
seal_anew(struct req *q, const char *number, const unsigned char *pdf, size_t size,
    unsigned char **ret, size_t *ret_size)
{
	unsigned char private_key[SM2_PRIVATE_SIZE];
	struct platform_key key;
	char *text;

	enum err e = platform_key_get(q->db, q->arena, PLATFORM_KEY_SHEET, &key);
	if (e != ERR_OK) /* `portal migrate` makes it */
		return e == ERR_NOT_FOUND ? ERR_INTERNAL : e;
	TRY(unseal_text(q, PURPOSE_PLATFORM_KEY_PRIVATE, key_row(q, key.created_at),
	    key.private_sealed, &text));
	e = sm2_read_private(text, private_key);
	explicit_bzero(text, strlen(text));
	if (e == ERR_OK)
		e = sheet_seal(q->arena, private_key, number, pdf, size, ret, ret_size);
	explicit_bzero(private_key, sizeof(private_key));
	return e == ERR_INVALID ? ERR_INTERNAL : e;
}

static const char *
sm3_hex(struct arena *arena, const unsigned char *bytes, size_t size)
{
	unsigned char digest[SM3_SIZE];

	sm3(bytes, size, digest);
	return bytes_hex(arena, digest, sizeof(digest));
}

enum err
sheet_sign(struct req *q, struct sql_tx *tx, const char *number, unsigned char **pdf, size_t *size)
{
	struct sheet_file file = { .number = number };
	unsigned char *sealed;
	size_t sealed_size;

	if (sheet_digest(q->arena, *pdf, *size, &file.digest) != ERR_OK)
		return ERR_INTERNAL;
	enum err e = sheet_file_get(q->db, q->arena, number, file.digest, &file);
	if (e == ERR_NOT_FOUND) {
		TRY(seal_anew(q, number, *pdf, *size, &sealed, &sealed_size));
		file.signature = sheet_signature(q->arena, sealed, sealed_size);
		file.sm3 = sm3_hex(q->arena, sealed, sealed_size);
		file.sha256 = sha256_hex(q->arena, sealed, sealed_size);
		e = sheet_file_add(tx, &file, q->now);
		if (e == ERR_EXISTS) /* at the same time by somebody else: his counts */
			e = sheet_file_get(q->db, q->arena, number, file.digest, &file);
	}
	TRY(e);
	return sheet_seal_again(q->arena, file.signature, number, *pdf, *size, pdf, size);
}

enum err
verify_key_show(struct req *q)
{
	struct platform_key key;

	TRY(platform_key_get(q->db, q->arena, PLATFORM_KEY_SHEET, &key));
	return reply(q, 200, &verify_key_answer, &key);
}

/* Nothing more is known than that. */
static enum err
only(struct req *q, const char *status, const char *text)
{
	const struct standing_answer answer = { .status = status, .status_text = text };

	return reply(q, 200, &standing_answer, &answer);
}

/* What is known of a sheet, whatever is said of it. */
static struct standing_answer
described(const char *number, const struct sheet_standing *s)
{
	enum environment environment = (enum environment)s->environment;
	enum sheet_kind kind = (enum sheet_kind)s->kind;

	return (struct standing_answer){
		.number = number,
		.title = sheet_title(environment, kind),
		.environment = environment_wire(environment),
		.kind = sheet_kind_wire(kind),
		.initiator = s->initiator,
		.institution = s->institution_name,
		.app_name = s->shown_app_name,
		.app_id = s->app_id,
		.sm3 = s->sm3,
		.sha256 = s->sha256,
		.replied_at = s->replied_at,
	};
}

/* file: the sheet itself, whose digests are told; NULL when there is its number alone. */
static enum err
standing(struct req *q, const char *number, const unsigned char *file, size_t size)
{
	struct sheet_standing s;
	enum err e = issued_sheet_standing(q->db, q->arena, number, &s);

	if (e == ERR_NOT_FOUND)
		return only(q, "unknown", "查无此单");
	TRY(e);
	bool over = s.disabled_at || (s.valid_until && s.valid_until <= q->now);
	struct standing_answer answer = described(number, &s);
	answer.status = over ? "revoked" : s.valid_until ? "replaced" : "valid";
	answer.status_text = over ? "已作废" : s.valid_until ? "已换发" : "有效";
	answer.valid_until = over ? 0 : s.valid_until; /* good until then */
	if (file) {
		answer.sm3 = sm3_hex(q->arena, file, size);
		answer.sha256 = sha256_hex(q->arena, file, size);
	}
	return reply(q, 200, &standing_answer, &answer);
}

enum err
verify_show(struct req *q)
{
	return standing(q, q->key, NULL, 0);
}

/* Without the seal: saved again by some program, or forged? */
static enum err
without_seal(struct req *q, const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char *file, size_t size)
{
	struct resaved found;

	TRY(resaved_judge(q, public_key, file, size, &found));
	if (!found.number)
		return only(q, "unsealed", "不是本平台出具的反馈单电子文件");
	struct standing_answer answer = described(found.number, &found.sheet);
	answer.status = found.same ? "resaved" : "altered";
	answer.status_text = found.same
				 ? "可能被另存或批注，请用下载的原文件"
				 : "核验未通过：文件内容与本平台出具的反馈单不一致，请勿采信。";
	return reply(q, 200, &standing_answer, &answer);
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
	if (e == ERR_INVALID) /* no program that saves anew leaves the seal where it is */
		return only(q, "altered", "核验未通过：文件已被改动，或不是本平台出具");
	if (e == ERR_NOT_FOUND)
		return without_seal(q, public_key, file, size);
	TRY(e);
	return standing(q, number, file, size);
}
