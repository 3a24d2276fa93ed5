#include "sql/db.h"

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARGS_MAX 32
#define STATEMENTS_MAX 256 /* statement texts in the whole program */

struct sql {
	MYSQL *link;
	struct {
		const char *text;
		MYSQL_STMT *stmt;
	} kept[STATEMENTS_MAX];
	size_t nkept;
	bool in_tx;
};

/*
 * The one place where a server's complaint becomes one of our errors. `why` is
 * ours or the server's view of the statement text; never the message of a
 * failed execute, which may quote what the applicant typed.
 */
static enum err
failed(const char *what, const char *text, unsigned code, const char *why)
{
	fprintf(stderr, "level=error at=sql what=%s code=%u why=\"%s\" statement=\"%s\"\n", what,
	    code, why, text);
	switch (code) {
	case ER_DUP_ENTRY:
	case ER_LOCK_DEADLOCK:
	case ER_LOCK_WAIT_TIMEOUT:
		return ERR_CONFLICT;
	case CR_SERVER_GONE_ERROR:
	case CR_SERVER_LOST:
	case CR_CONNECTION_ERROR:
		return ERR_UNAVAILABLE;
	default:
		return ERR_INTERNAL;
	}
}

static enum err
stmt_failed(const char *what, const char *text, MYSQL_STMT *stmt)
{
	return failed(what, text, mysql_stmt_errno(stmt), mysql_stmt_sqlstate(stmt));
}

enum err
sql_open(const struct sql_settings *s, struct sql **ret)
{
	struct sql *db = calloc(1, sizeof(*db));
	my_bool report = 1;

	if (!db || !(db->link = mysql_init(NULL))) {
		free(db);
		return ERR_UNAVAILABLE;
	}
	mysql_optionsv(db->link, MYSQL_OPT_CONNECT_TIMEOUT, &s->timeout);
	mysql_optionsv(db->link, MYSQL_OPT_READ_TIMEOUT, &s->timeout);
	mysql_optionsv(db->link, MYSQL_OPT_WRITE_TIMEOUT, &s->timeout);
	mysql_optionsv(db->link, MYSQL_REPORT_DATA_TRUNCATION, &report);
	mysql_optionsv(db->link, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (!mysql_real_connect(db->link, NULL, s->user, s->password, s->database, 0, s->socket,
		0)) {
		(void)failed("connect", "", mysql_errno(db->link), mysql_error(db->link));
		sql_close(db);
		return ERR_UNAVAILABLE;
	}
	*ret = db;
	return ERR_OK;
}

void
sql_close(struct sql *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->nkept; i++)
		mysql_stmt_close(db->kept[i].stmt);
	mysql_close(db->link);
	free(db);
}

enum err
sql_ping(struct sql *db)
{
	return mysql_ping(db->link) ? ERR_UNAVAILABLE : ERR_OK;
}

static enum err
prepare(struct sql *db, const char *text, MYSQL_STMT **ret)
{
	for (size_t i = 0; i < db->nkept; i++)
		if (db->kept[i].text == text) {
			*ret = db->kept[i].stmt;
			return ERR_OK;
		}
	if (db->nkept == STATEMENTS_MAX)
		return failed("prepare", text, 0, "raise STATEMENTS_MAX");
	MYSQL_STMT *stmt = mysql_stmt_init(db->link);
	if (!stmt)
		return failed("prepare", text, mysql_errno(db->link), mysql_error(db->link));
	if (mysql_stmt_prepare(stmt, text, strlen(text))) {
		enum err e =
		    failed("prepare", text, mysql_stmt_errno(stmt), mysql_stmt_error(stmt));

		mysql_stmt_close(stmt);
		return e;
	}
	db->kept[db->nkept].text = text;
	db->kept[db->nkept++].stmt = stmt;
	*ret = stmt;
	return ERR_OK;
}

static void
bind_value(MYSQL_BIND *bind, const struct sql_value *v)
{
	bind->buffer_type = v->type == SQL_NULL   ? MYSQL_TYPE_NULL
			    : v->type == SQL_TEXT ? MYSQL_TYPE_STRING
						  : MYSQL_TYPE_LONGLONG;
	/* MYSQL_BIND is not const-correct; arguments are only read. */
	bind->buffer = v->type == SQL_TEXT ? (void *)(uintptr_t)v->s : (void *)(uintptr_t)&v->i;
	bind->buffer_length = v->type == SQL_TEXT ? strlen(v->s) : 0;
}

static enum err
run(struct sql *db, const char *text, struct sql_args args, MYSQL_STMT **ret)
{
	MYSQL_BIND binds[ARGS_MAX] = { 0 };
	MYSQL_STMT *stmt = NULL;

	TRY(prepare(db, text, &stmt));
	if (args.count > ARGS_MAX || mysql_stmt_param_count(stmt) != args.count)
		return failed("bind", text, 0, "wrong number of arguments");
	for (size_t i = 0; i < args.count; i++)
		bind_value(&binds[i], &args.values[i]);
	if (mysql_stmt_bind_param(stmt, binds) || mysql_stmt_execute(stmt))
		return stmt_failed("execute", text, stmt);
	*ret = stmt;
	return ERR_OK;
}

/* Read column i of the current row into its member. */
static bool
read_column(MYSQL_STMT *stmt, unsigned i, struct arena *arena, const struct sql_column *column,
    void *row)
{
	void *member = (char *)row + column->offset;
	long long number = 0;
	unsigned long length = 0;
	my_bool is_null = 0;
	MYSQL_BIND bind = { .is_null = &is_null, .length = &length };

	if (column->type == SQL_TEXT) {
		char *text;

		bind.buffer_type = MYSQL_TYPE_STRING;
		if (mysql_stmt_fetch_column(stmt, &bind, i, 0)) /* asks for the length */
			return false;
		if (is_null)
			return true;
		bind.buffer = text = arena_alloc(arena, length + 1);
		bind.buffer_length = length;
		*(const char **)member = text;
		return length == 0 || !mysql_stmt_fetch_column(stmt, &bind, i, 0);
	}
	bind.buffer_type = MYSQL_TYPE_LONGLONG;
	bind.buffer = &number;
	if (mysql_stmt_fetch_column(stmt, &bind, i, 0))
		return false;
	switch (column->type) {
	case SQL_INT:
		*(int64_t *)member = number;
		return true;
	case SQL_BOOL:
		*(bool *)member = number != 0;
		return true;
	case SQL_CODE:
		*(unsigned *)member = (unsigned)number;
		return true;
	case SQL_NULL:
	case SQL_TEXT:
		break;
	}
	return false;
}

enum err
sql_all(struct sql *db, struct arena *arena, const char *text, struct sql_args args,
    const struct sql_shape *shape, void *ret_rows, size_t *ret_count)
{
	MYSQL_BIND none[ARGS_MAX] = { 0 };
	MYSQL_STMT *stmt = NULL;

	TRY(run(db, text, args, &stmt));
	if (shape->count > ARGS_MAX || mysql_stmt_field_count(stmt) != shape->count) {
		mysql_stmt_free_result(stmt);
		return failed("shape", text, 0, "wrong number of columns");
	}
	for (size_t i = 0; i < shape->count; i++)
		none[i].buffer_type = MYSQL_TYPE_NULL;
	if (mysql_stmt_bind_result(stmt, none) || mysql_stmt_store_result(stmt))
		return stmt_failed("store", text, stmt);

	size_t count = (size_t)mysql_stmt_num_rows(stmt), n = 0;
	char *rows = arena_alloc(arena, count * shape->row_size);
	bool ok = true;

	for (; ok && n < count; n++) {
		int status = mysql_stmt_fetch(stmt);

		ok = status == 0 || status == MYSQL_DATA_TRUNCATED;
		for (unsigned i = 0; ok && i < shape->count; i++)
			ok = read_column(stmt, i, arena, &shape->columns[i],
			    rows + n * shape->row_size);
	}
	enum err e = ok ? ERR_OK : stmt_failed("fetch", text, stmt);
	mysql_stmt_free_result(stmt);
	TRY(e);
	*(void **)ret_rows = rows;
	*ret_count = count;
	return ERR_OK;
}

enum err
sql_one(struct sql *db, struct arena *arena, const char *text, struct sql_args args,
    const struct sql_shape *shape, void *ret_row)
{
	void *rows;
	size_t count;

	TRY(sql_all(db, arena, text, args, shape, &rows, &count));
	if (count == 0)
		return ERR_NOT_FOUND;
	if (count > 1)
		return failed("one", text, 0, "more than one row");
	memcpy(ret_row, rows, shape->row_size);
	return ERR_OK;
}

static enum err
control(struct sql *db, const char *text)
{
	if (mysql_query(db->link, text))
		return failed("control", text, mysql_errno(db->link), mysql_error(db->link));
	return ERR_OK;
}

enum err
sql_begin(struct sql_tx *tx, struct sql *db)
{
	if (db->in_tx)
		return failed("begin", "", 0, "transactions do not nest");
	TRY(control(db, "START TRANSACTION"));
	*tx = (struct sql_tx){ .db = db, .open = true };
	db->in_tx = true;
	return ERR_OK;
}

enum err
sql_commit(struct sql_tx *tx)
{
	TRY(control(tx->db, "COMMIT"));
	tx->open = false;
	tx->db->in_tx = false;
	return ERR_OK;
}

void
sql_tx_end(struct sql_tx *tx)
{
	if (!tx->open)
		return;
	(void)!control(tx->db, "ROLLBACK"); /* a lost link has rolled back by itself */
	tx->open = false;
	tx->db->in_tx = false;
}

enum err
sql_exec(struct sql_tx *tx, const char *text, struct sql_args args, uint64_t *ret_changed)
{
	MYSQL_STMT *stmt = NULL;

	TRY(run(tx->db, text, args, &stmt));
	if (ret_changed)
		*ret_changed = mysql_stmt_affected_rows(stmt);
	return ERR_OK;
}

enum err
sql_insert(struct sql_tx *tx, const char *text, struct sql_args args, int64_t *ret_id)
{
	MYSQL_STMT *stmt = NULL;

	TRY(run(tx->db, text, args, &stmt));
	*ret_id = (int64_t)mysql_stmt_insert_id(stmt);
	return ERR_OK;
}
