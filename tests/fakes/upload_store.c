#include "tests/fakes/upload_store.h"

#include <string.h>

#include "sql/account/certification.h"
#include "sql/application/application_file.h"
#include "sql/application/upload_scan.h"
#include "sql/record/job.h"
#include "tests/fakes/application_store.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"

struct fake_uploads fake_uploads;
static struct fake_uploads saved;
static struct arena *texts;

static void
save(void)
{
	saved = fake_uploads;
}

static void
restore(void)
{
	fake_uploads = saved;
}

void
fake_uploads_reset(void)
{
	if (!texts)
		texts = arena_new((size_t)1 << 20);
	arena_reset(texts);
	fake_uploads = (struct fake_uploads){ 0 };
	fake_sql.save = save;
	fake_sql.restore = restore;
}

struct upload *
fake_upload_last(void)
{
	return fake_uploads.count ? &fake_uploads.rows[fake_uploads.count - 1] : NULL;
}

static struct upload *
find(const char *id)
{
	for (size_t i = 0; id && i < fake_uploads.count; i++)
		if (strcmp(fake_uploads.rows[i].id, id) == 0)
			return &fake_uploads.rows[i];
	return NULL;
}

/* Rows outlive the request they came with. */
static const char *
copy(const char *text)
{
	return text ? arena_strndup(texts, text, strlen(text)) : NULL;
}

enum err
upload_insert(struct sql_tx *tx, const struct upload *u)
{
	(void)tx;
	TRY(fake_call());
	struct upload *row = &fake_uploads.rows[fake_uploads.count++];

	*row = *u;
	row->id = copy(u->id);
	row->name = copy(u->name);
	row->metadata = copy(u->metadata);
	row->state = UPLOAD_PARTIAL;
	row->updated_at = u->created_at;
	return ERR_OK;
}

enum err
certification_shows(struct sql *db, struct arena *arena, const char *upload, int64_t bureau_id,
    const char *scope, bool *ret)
{
	(void)scope;
	(void)db;
	(void)arena;
	(void)upload;
	*ret = fake_uploads.licence != 0 && fake_uploads.licence == bureau_id;
	return fake_call();
}

enum err
upload_get(struct sql *db, struct arena *arena, const char *id, struct upload *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	if (find(id))
		*ret = *find(id);
	else if (people.upload.id && strcmp(people.upload.id, id) == 0)
		*ret = people.upload;
	else if (!store_upload(id, ret))
		return ERR_NOT_FOUND;
	return ERR_OK;
}

enum err
upload_lock(struct sql_tx *tx, struct arena *arena, const char *id, struct upload *ret)
{
	TRY(upload_get(tx->db, arena, id, ret));
	return fake_uploads.busy ? ERR_UPLOAD_BUSY : ERR_OK;
}

enum err
upload_advance(struct sql_tx *tx, const char *id, int64_t received, int64_t now)
{
	(void)tx;
	TRY(fake_call());
	find(id)->received = received;
	find(id)->updated_at = now;
	return ERR_OK;
}

enum err
upload_finish(struct sql_tx *tx, const char *id, const struct upload_kept *kept, int64_t now)
{
	TRY(upload_advance(tx, id, kept->length, now));
	struct upload *u = find(id);
	if (kept->original) {
		u->original_digest = copy(kept->original);
		u->original_length = u->length;
	}
	u->length = kept->length;
	u->state = UPLOAD_STORED;
	u->type = copy(kept->type);
	u->digest = copy(kept->digest);
	return ERR_OK;
}

enum err
upload_refuse(struct sql_tx *tx, const char *id, const char *reason, int64_t now)
{
	TRY(upload_advance(tx, id, find(id)->length, now));
	find(id)->state = UPLOAD_REFUSED;
	find(id)->reason = copy(reason);
	return ERR_OK;
}

enum err
upload_delete(struct sql_tx *tx, const char *id)
{
	(void)tx;
	TRY(fake_call());
	struct upload *row = find(id);
	*row = fake_uploads.rows[--fake_uploads.count];
	return ERR_OK;
}

enum err
upload_open_count(struct sql *db, struct arena *arena, unsigned role, int64_t user_id, int64_t *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	*ret = 0;
	for (size_t i = 0; i < fake_uploads.count; i++)
		*ret += fake_uploads.rows[i].role == role &&
			fake_uploads.rows[i].user_id == user_id &&
			fake_uploads.rows[i].state == UPLOAD_PARTIAL;
	return ERR_OK;
}

enum err
upload_declared_since(struct sql *db, struct arena *arena, unsigned role, int64_t user_id,
    int64_t since, int64_t *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	*ret = 0;
	for (size_t i = 0; i < fake_uploads.count; i++)
		if (fake_uploads.rows[i].role == role && fake_uploads.rows[i].user_id == user_id &&
		    fake_uploads.rows[i].created_at >= since)
			*ret += fake_uploads.rows[i].length;
	return ERR_OK;
}

enum err
application_reads_upload(struct sql *db, struct arena *arena, const char *upload_id,
    int64_t unit_id, int64_t bureau_id, const char *scope, bool *ret)
{
	(void)scope;
	(void)db;
	(void)arena;
	(void)upload_id;
	(void)unit_id;
	TRY(fake_call());
	*ret = bureau_id == fake_uploads.reader;
	return ERR_OK;
}

/* ---- the virus scanner ------------------------------------------------------- */

enum err
upload_scan_add(struct sql_tx *tx, const char *upload_id, int64_t now, int64_t *ret_id)
{
	(void)tx;
	(void)upload_id;
	(void)now;
	TRY(fake_call());
	fake_uploads.scan = SCAN_WAITING;
	*ret_id = 11;
	return ERR_OK;
}

enum err
upload_scan_state(struct sql *db, struct arena *arena, const char *upload_id, unsigned *ret)
{
	(void)db;
	(void)arena;
	(void)upload_id;
	TRY(fake_call());
	*ret = fake_uploads.scan;
	return ERR_OK;
}

/* ---- and what else is done later ----------------------------------------------- */

enum err
job_add(struct sql_tx *tx, enum job_kind kind, int64_t subject, int64_t run_at, int64_t now)
{
	(void)tx;
	(void)run_at;
	(void)now;
	TRY(fake_call());
	fake_uploads.scan_jobs += subject == 11;
	application_store.job = job_kind_name(kind);
	return ERR_OK;
}
