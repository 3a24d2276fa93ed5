#include <unistd.h>

#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/application/list_table.h"
#include "handlers/common/notify.h"
#include "handlers/jobs/jobs.h"
#include "sql/application/export.h"

/*
 * 导出 of more rows than a request should wait for. The file lies in the
 * store under the export's code, as partial files do; when the row has expired
 * the janitor's sweep takes it away.
 */

static ssize_t
read_fd(void *from, void *bytes, size_t size)
{
	return read(*(int *)from, bytes, size);
}

static enum err
keep(struct req *q, const struct export *e, int *fd, size_t size)
{
	struct body_source body = { .read = read_fd, .from = fd };
	int64_t end;

	TRY(file_append(q->config->store, e->code, 0, &body, (int64_t)size, &end));
	return end == (int64_t)size ? ERR_OK : ERR_UNAVAILABLE;
}

static enum err
make(struct req *q, const struct export *e, size_t *ret_size)
{
	struct application_filter filter = { e->unit_id, e->institution_id, (int)e->status,
		e->business_type };
	struct table *table;
	int fd;

	TRY(list_table(q->db, (enum table_format)e->format, &filter, &table, &fd, ret_size));
	enum err err = keep(q, e, &fd, *ret_size);
	table_free(table);
	return err;
}

enum err
make_export_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct export e;
	size_t size;
	enum err found = export_get(tx->db, q->arena, job->subject, &e);

	if (found == ERR_NOT_FOUND)
		return ERR_OK; /* it expired before anybody came to make it */
	TRY(found);
	TRY(make(q, &e, &size));
	TRY(export_ready(tx, e.id, (int64_t)size));
	return notify_file(q, tx, e.role, e.user_id, NOTICE_EXPORT_READY, e.code, NULL);
}

enum err
make_export_give_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note)
{
	(void)note;
	struct export e;
	enum err found = export_get(tx->db, q->arena, job->subject, &e);

	if (found == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(found);
	TRY(export_delete(tx, e.id));
	return notify_file(q, tx, e.role, e.user_id, NOTICE_EXPORT_FAILED, NULL, NULL);
}
