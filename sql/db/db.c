#include "sql/db/db.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sql/db/db_link.h"

#define ARGS_MAX 64
#define COLUMNS_MAX 96

/* ---- the link ------------------------------------------------------------ */

struct sql *
sql_new(const struct sql_settings *settings)
{
	struct sql *db = calloc(1, sizeof(*db));

	if (!db)
		abort();
	db->settings = *settings;
	return db;
}

enum err
sql_open(const struct sql_settings *settings, struct sql **ret)
{
	struct sql *db = sql_new(settings);
	enum err e = sql_linked(db);

	if (e != ERR_OK) {
		sql_close(db);
		return e;
	}
	*ret = db;
	return ERR_OK;
}

void
sql_close(struct sql *db)
{
	if (!db)
		return;
	sql_let_go(db);
	free(db);
}

void
sql_ready(struct sql *db)
{
	if (db->link && !db->lost) {
		/* Nothing is under way, so whatever there is to read is a farewell. */
		struct pollfd p = { .fd = mysql_get_socket(db->link), .events = POLLIN };

		db->lost = db->in_tx || poll(&p, 1, 0) != 0;
	}
	if (db->lost)
		sql_let_go(db);
	db->lost = false;
}

enum err
sql_ping(struct sql *db)
{
	TRY(sql_linked(db));
	if (mysql_ping(db->link))
		return sql_link_failed(db, "ping", "");
	return ERR_OK;
}

/* ---- statements ---------------------------------------------------------- */

static enum err
stmt_failed(struct sql *db, const char *what, const char *text, MYSQL_STMT *stmt)
{
	return sql_failed(db, what, text, mysql_stmt_errno(stmt), mysql_stmt_sqlstate(stmt));
}

/* The place of a statement in the table: its own, or the free one where it belongs. */
static struct kept *
place_of(struct sql *db, const char *text, const struct sql_shape *shape)
{
	uint64_t key = (uintptr_t)text ^ (uintptr_t)shape << 1;
	size_t i = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32);

	for (;; i++) {
		struct kept *k = &db->kept[i % KEPT_SIZE];

		if (!k->text || (k->text == text && k->shape == shape))
			return k;
	}
}

/* The statement with the shape's columns where it says {}. */
static const char *
spelled_out(struct arena *arena, const char *text, const struct sql_shape *shape)
{
	const char *columns = "", *mark = shape ? strstr(text, "{}") : NULL;

	if (!mark)
		return text;
	for (size_t i = 0; i < shape->count; i++)
		columns =
		    arena_printf(arena, "%s%s%s", columns, i ? ", " : "", shape->columns[i].from);
	return arena_printf(arena, "%.*s%s%s", (int)(mark - text), text, columns, mark + 2);
}

/* Does it answer the columns of the shape, by name and in that order? */
static enum err
check_shape(struct sql *db, const char *text, MYSQL_STMT *stmt, const struct sql_shape *shape)
{
	if (shape->count > COLUMNS_MAX || mysql_stmt_field_count(stmt) != shape->count)
		return sql_failed(db, "shape", text, 0, "wrong number of columns");
	MYSQL_RES *answer = mysql_stmt_result_metadata(stmt);
	if (!answer)
		return stmt_failed(db, "shape", text, stmt);
	const MYSQL_FIELD *fields = mysql_fetch_fields(answer);
	enum err e = ERR_OK;

	for (size_t i = 0; e == ERR_OK && i < shape->count; i++) {
		const char *name = shape->columns[i].name;
		char why[160];

		if (!name || strcmp(fields[i].name, name) == 0)
			continue;
		snprintf(why, sizeof(why), "column %zu is %s, not %s", i + 1, fields[i].name, name);
		e = sql_failed(db, "shape", text, 0, why);
	}
	mysql_free_result(answer);
	return e;
}

/* Refused statements are not kept. */
static enum err
prepare_new(struct sql *db, const char *text, const struct sql_shape *shape, MYSQL_STMT *stmt)
{
	struct arena *arena = arena_new((size_t)1 << 20);
	const char *whole = spelled_out(arena, text, shape);
	enum err e = ERR_OK;

	if (mysql_stmt_prepare(stmt, whole, strlen(whole)))
		e = sql_failed(db, "prepare", text, mysql_stmt_errno(stmt), mysql_stmt_error(stmt));
	else if (shape)
		e = check_shape(db, text, stmt, shape);
	arena_free(arena);
	return e;
}

static enum err
prepare(struct sql *db, const char *text, const struct sql_shape *shape, MYSQL_STMT **ret)
{
	TRY(sql_linked(db));
	struct kept *place = place_of(db, text, shape);

	if (place->text) {
		*ret = place->stmt;
		return ERR_OK;
	}
	if (db->nkept == KEPT_SIZE / 2)
		return sql_failed(db, "prepare", text, 0, "raise KEPT_SIZE");
	MYSQL_STMT *stmt = mysql_stmt_init(db->link);
	if (!stmt)
		return sql_link_failed(db, "prepare", text);
	enum err e = prepare_new(db, text, shape, stmt);
	if (e != ERR_OK) {
		mysql_stmt_close(stmt);
		return e;
	}
	*place = (struct kept){ text, shape, stmt };
	db->nkept++;
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
run(struct sql *db, const char *text, struct sql_args args, const struct sql_shape *shape,
    MYSQL_STMT **ret)
{
	MYSQL_BIND binds[ARGS_MAX] = { 0 };
	MYSQL_STMT *stmt = NULL;

	TRY(prepare(db, text, shape, &stmt));
	if (args.count > ARGS_MAX || mysql_stmt_param_count(stmt) != args.count)
		return sql_failed(db, "bind", text, 0, "wrong number of arguments");
	for (size_t i = 0; i < args.count; i++)
		bind_value(&binds[i], &args.values[i]);
	if (mysql_stmt_bind_param(stmt, binds) || mysql_stmt_execute(stmt))
		return stmt_failed(db, "execute", text, stmt);
	*ret = stmt;
	return ERR_OK;
}

/* ---- rows ---------------------------------------------------------------- */

static bool
read_text(MYSQL_STMT *stmt, unsigned i, struct arena *arena, const char **ret)
{
	unsigned long length = 0;
	my_bool is_null = 0;
	MYSQL_BIND bind = { .buffer_type = MYSQL_TYPE_STRING,
		.is_null = &is_null,
		.length = &length };

	if (mysql_stmt_fetch_column(stmt, &bind, i, 0)) /* asks for the length */
		return false;
	if (is_null)
		return true;
	char *text = arena_alloc(arena, length + 1);

	bind.buffer = text;
	bind.buffer_length = length;
	*ret = text;
	return length == 0 || !mysql_stmt_fetch_column(stmt, &bind, i, 0);
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
	MYSQL_BIND bind = { .buffer_type = MYSQL_TYPE_LONGLONG,
		.buffer = &number,
		.is_null = &is_null,
		.length = &length };

	if (column->type == SQL_TEXT)
		return read_text(stmt, i, arena, member);
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
	MYSQL_BIND none[COLUMNS_MAX] = { 0 };
	MYSQL_STMT *stmt = NULL;

	TRY(run(db, text, args, shape, &stmt));
	for (size_t i = 0; i < shape->count; i++)
		none[i].buffer_type = MYSQL_TYPE_NULL;
	if (mysql_stmt_bind_result(stmt, none) || mysql_stmt_store_result(stmt))
		return stmt_failed(db, "store", text, stmt);

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
	enum err e = ok ? ERR_OK : stmt_failed(db, "fetch", text, stmt);
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
		return sql_failed(db, "one", text, 0, "more than one row");
	memcpy(ret_row, rows, shape->row_size);
	return ERR_OK;
}

/* ---- one value ----------------------------------------------------------- */

/* Whatever the statement calls it. */
static const struct sql_column number_column = { SQL_INT, 0, NULL, NULL };
static const struct sql_column string_column = { SQL_TEXT, 0, NULL, NULL };
static const struct sql_shape number_shape = { &number_column, 1, sizeof(int64_t) };
static const struct sql_shape string_shape = { &string_column, 1, sizeof(const char *) };

enum err
sql_number(struct sql *db, struct arena *arena, const char *text, struct sql_args args,
    int64_t *ret)
{
	return sql_one(db, arena, text, args, &number_shape, ret);
}

enum err
sql_numbers(struct sql *db, struct arena *arena, const char *text, struct sql_args args,
    const int64_t **ret, size_t *ret_count)
{
	return sql_all(db, arena, text, args, &number_shape, ret, ret_count);
}

enum err
sql_string(struct sql *db, struct arena *arena, const char *text, struct sql_args args,
    const char **ret)
{
	return sql_one(db, arena, text, args, &string_shape, ret);
}

enum err
sql_exists(struct sql *db, struct arena *arena, const char *text, struct sql_args args, bool *ret)
{
	const int64_t *rows;
	size_t count;

	TRY(sql_numbers(db, arena, text, args, &rows, &count));
	*ret = count > 0;
	return ERR_OK;
}

/* ---- transactions -------------------------------------------------------- */

static enum err
control(struct sql *db, const char *text)
{
	TRY(sql_linked(db));
	if (mysql_query(db->link, text))
		return sql_link_failed(db, "control", text);
	return ERR_OK;
}

enum err
sql_begin(struct sql_tx *tx, struct sql *db)
{
	if (db->in_tx)
		return sql_failed(db, "begin", "", 0, "transactions do not nest");
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
	/* A lost link has rolled back by itself; one that cannot roll back has to go. */
	if (!tx->db->lost && control(tx->db, "ROLLBACK") != ERR_OK)
		tx->db->lost = true;
	tx->open = false;
	tx->db->in_tx = false;
}

enum err
sql_exec(struct sql_tx *tx, const char *text, struct sql_args args, uint64_t *ret_changed)
{
	MYSQL_STMT *stmt = NULL;

	TRY(run(tx->db, text, args, NULL, &stmt));
	if (ret_changed)
		*ret_changed = mysql_stmt_affected_rows(stmt);
	return ERR_OK;
}

enum err
sql_exec_one(struct sql_tx *tx, const char *text, struct sql_args args, enum err none)
{
	uint64_t changed;

	TRY(sql_exec(tx, text, args, &changed));
	return changed == 1 ? ERR_OK : none;
}

enum err
sql_insert(struct sql_tx *tx, const char *text, struct sql_args args, int64_t *ret_id)
{
	MYSQL_STMT *stmt = NULL;

	TRY(run(tx->db, text, args, NULL, &stmt));
	*ret_id = (int64_t)mysql_stmt_insert_id(stmt);
	return ERR_OK;
}
