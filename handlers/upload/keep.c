#include "handlers/upload/keep.h"

#include <unistd.h>

#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/upload/clamd.h"
#include "handlers/upload/tus/tus.h"
#include "sql/application/upload_scan.h"
#include "sql/record/job.h"

static enum err
scan_later(struct req *q, struct sql_tx *tx, const char *id)
{
	int64_t scan;

	if (*clamd_settings.socket == '\0')
		return ERR_OK;
	TRY(upload_scan_add(tx, id, q->now, &scan));
	return job_add(tx, JOB_SCAN_UPLOAD, scan, q->now, q->now);
}

static ssize_t
read_copy(void *from, void *bytes, size_t size)
{
	return read(*(int *)from, bytes, size);
}

/* A mended copy, from memory, takes the place of the file as it came, which stays until the row says so. */
static enum err
keep_copy(struct req *q, int copy, struct upload_kept *kept)
{
	const struct body_source body = { read_copy, &copy };
	const char *id = tus_new_id(q->arena);
	off_t size = lseek(copy, 0, SEEK_END);

	if (size <= 0 || lseek(copy, 0, SEEK_SET) != 0)
		return ERR_UNAVAILABLE;
	kept->original = kept->digest;
	TRY(file_digest(copy, q->config->store_digest, q->arena, &kept->digest));
	enum err e = file_append(q->config->store, id, 0, &body, size, &kept->length);
	if (e == ERR_OK)
		e = kept->length == size ? file_keep(q->config->store, id, kept->digest)
					 : ERR_UNAVAILABLE;
	if (e != ERR_OK)
		file_drop(q->config->store, id);
	return e;
}

enum err
upload_keep(struct req *q, struct sql_tx *tx, const struct upload *u, const struct verdict *verdict,
    const char *digest, struct upload_kept *ret)
{
	*ret = (struct upload_kept){ .type = verdict->media->type,
		.digest = digest,
		.length = u->length };
	if (verdict->copy >= 0)
		TRY(keep_copy(q, verdict->copy, ret));
	else
		TRY(file_keep(q->config->store, u->id, digest));
	TRY(upload_finish(tx, u->id, ret, q->now));
	return scan_later(q, tx, u->id);
}

void
upload_keep_end(struct req *q, const struct upload *u, const struct upload_kept *kept)
{
	if (kept->original)
		file_drop(q->config->store, u->id);
}
