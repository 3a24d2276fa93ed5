#include "handlers/upload/tus/piece.h"

#include <string.h>
#include <unistd.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/digest.h"
#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/common/deed.h"
#include "handlers/upload/access.h"
#include "handlers/upload/check/inspect.h"
#include "handlers/upload/keep.h"
#include "handlers/upload/tus/tus.h"

/* ---- Upload-Checksum -------------------------------------------------------- */

/* The body as it comes, and the digest of what came. */
struct summed {
	const struct body_source *body;
	struct digest *digest;
};

static ssize_t
read_summed(void *from, void *bytes, size_t size)
{
	struct summed *s = from;
	ssize_t n = s->body->read(s->body->from, bytes, size);

	if (n > 0)
		digest_update(s->digest, bytes, (size_t)n);
	return n;
}

/* "sha1 base64": its parts, or NULL when there is no such header. */
static enum err
read_checksum(struct req *q, const char **ret_name, unsigned char sum[DIGEST_MAX], size_t *ret_size)
{
	const char *header = q->header(q, "HTTP_UPLOAD_CHECKSUM");
	const char *blank = header ? strchr(header, ' ') : NULL;

	*ret_name = NULL;
	if (!header)
		return ERR_OK;
	if (!blank || bytes_unbase64(blank + 1, sum, DIGEST_MAX, ret_size) != ERR_OK)
		return ERR_BAD_REQUEST;
	*ret_name = arena_strndup(q->arena, header, (size_t)(blank - header));
	if (!tus_sums_by(*ret_name))
		return ERR_BAD_REQUEST;
	return digest_size(*ret_name) == *ret_size ? ERR_OK : ERR_BAD_REQUEST;
}

enum err
piece_check(struct req *q)
{
	unsigned char sum[DIGEST_MAX];
	const char *name;
	size_t size;

	return read_checksum(q, &name, sum, &size);
}

/* Bytes that differ stay behind the acknowledged end, and the next piece cuts them off. */
static enum err
append(struct req *q, const struct upload *u, int64_t offset, int64_t *ret_end)
{
	unsigned char sum[DIGEST_MAX], got[DIGEST_MAX];
	const char *name;
	size_t size;

	TRY(read_checksum(q, &name, sum, &size));
	struct summed summed = { &q->body, name ? digest_new(name) : NULL };
	const struct body_source body = { read_summed, &summed };
	enum err e = file_append(q->config->store, u->id, offset, name ? &body : &q->body,
	    q->body_length, ret_end);
	if (name)
		digest_finish(summed.digest, got);
	if (e == ERR_OK && name && memcmp(sum, got, size) != 0)
		return ERR_CHECKSUM;
	return e == ERR_CONFLICT ? ERR_UPLOAD_OFFSET : e; /* the file is shorter */
}

/* ---- the last piece ----------------------------------------------------------- */

static enum err
look_at(struct req *q, const struct upload *u, struct verdict *ret, const char **ret_digest)
{
	int fd;

	TRY(file_open(q->config->store, u->id, &fd));
	enum err e = inspect(q->arena, slot_by_name(u->slot), u->name, fd, ret);
	if (e == ERR_OK && !ret->reason)
		e = file_digest(fd, q->config->store_digest, q->arena, ret_digest);
	close(fd);
	if (e != ERR_OK)
		verdict_end(ret);
	return e;
}

static enum err
refuse_it(struct req *q, struct sql_tx *tx, const struct upload *u, const char *reason)
{
	TRY(upload_refuse(tx, u->id, reason, q->now));
	TRY(deed_note(q, tx, DEED_UPLOAD_REFUSE, upload_object(q, u->id),
	    arena_printf(q->arena, "slot=%s", u->slot)));
	TRY(sql_commit(tx));
	file_drop(q->config->store,
	    u->id); /* after the commit: a row must not promise what is gone */
	return refuse(q, ERR_INVALID, reason);
}

static enum err
keep(struct req *q, struct sql_tx *tx, const struct upload *u, const struct verdict *verdict,
    const char *digest)
{
	struct upload_kept kept;

	TRY(upload_keep(q, tx, u, verdict, digest, &kept));
	TRY(deed_note(q, tx, DEED_UPLOAD_STORE, upload_object(q, u->id),
	    arena_printf(q->arena, "slot=%s digest=%s%s%s", u->slot, kept.digest,
		kept.original ? " original=" : "", kept.original ? kept.original : "")));
	TRY(sql_commit(tx));
	upload_keep_end(q, u, &kept);
	return ERR_OK;
}

/* The file is whole: look at it, then either keep it or let it go. */
static enum err
finish(struct req *q, struct sql_tx *tx, const struct upload *u, int status)
{
	struct verdict verdict;
	const char *digest = NULL;

	TRY(look_at(q, u, &verdict, &digest));
	if (verdict.reason)
		return refuse_it(q, tx, u, verdict.reason);
	enum err e = keep(q, tx, u, &verdict, digest);
	verdict_end(&verdict);
	TRY(e);
	return reply_empty(q, status);
}

enum err
piece_put(struct req *q, struct sql_tx *tx, const struct upload *u, int64_t offset, int status)
{
	int64_t end;

	TRY(append(q, u, offset, &end));
	reply_header(q, "Upload-Offset", arena_printf(q->arena, "%lld", (long long)end));
	if (end == u->length)
		return finish(q, tx, u, status);
	TRY(upload_advance(tx, u->id, end, q->now));
	TRY(sql_commit(tx));
	tus_expires(q, q->now);
	return reply_empty(q, status);
}
