#ifndef SQL_DB_DB_H
#define SQL_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/array.h"
#include "fcgi/base/err.h"
#include "sql/db/settings.h"

/*
 * Prepared statements with typed arguments and typed rows.
 *
 * Statement text is always a string literal; values only ever travel as
 * arguments. Statements are prepared once per connection and kept, so the
 * text's address and that of its shape are its identity.
 *
 * Reading needs a connection; writing needs an open transaction. The compiler
 * holds us to it: sql_exec() takes a struct sql_tx, and SQL_TX() is what makes
 * one.
 */
struct sql;

/*
 * Never fails: connects at first use. The session reads committed data, keeps
 * UTC and is strict about values. A link lost during a request stays lost until
 * sql_ready(): every call answers ERR_UNAVAILABLE, at once, so no request ever
 * runs half on one link and half on another. The caller's: sql_close().
 */
struct sql *sql_new(const struct sql_settings *settings);
/* As sql_new, and connects now. ERR_UNAVAILABLE. */
MUST_CHECK enum err sql_open(const struct sql_settings *settings, struct sql **ret);
void sql_close(struct sql *db); /* NULL is fine */

/*
 * Between requests: notices a link the server has closed and lets it go; the
 * next use opens a new one. Costs one poll(), never waits.
 */
void sql_ready(struct sql *db);
/* A round trip to the server, connecting if need be. ERR_UNAVAILABLE. */
MUST_CHECK enum err sql_ping(struct sql *db);

/* ---- values going in ---------------------------------------------------- */

enum sql_type { SQL_NULL, SQL_INT, SQL_BOOL, SQL_TEXT, SQL_CODE };

struct sql_value {
	enum sql_type type;
	int64_t i;
	const char *s;
};

static inline struct sql_value
sql_int(int64_t i)
{
	return (struct sql_value){ SQL_INT, i, NULL };
}
static inline struct sql_value
sql_bool(bool b)
{
	return (struct sql_value){ SQL_BOOL, b, NULL };
}
static inline struct sql_value
sql_code(unsigned c)
{
	return (struct sql_value){ SQL_CODE, c, NULL };
}
static inline struct sql_value
sql_text(const char *s)
{
	return (struct sql_value){ s ? SQL_TEXT : SQL_NULL, 0, s };
}

/*
 * V(x): x as an argument. NULL strings become SQL NULL; enums travel as codes:
 * an enum without negative members is an unsigned to gcc and clang, any other
 * type does not compile.
 */
#define V(x)                                                                                       \
	_Generic((x),                       \
		int: sql_int,               \
		int64_t: sql_int,           \
		bool: sql_bool,             \
		unsigned: sql_code,         \
		char *: sql_text,           \
		const char *: sql_text)(x)

struct sql_args {
	const struct sql_value *values;
	size_t count;
};

#define ARGS(...)                                                                                  \
	((struct sql_args){ (const struct sql_value[]){ __VA_ARGS__ },                             \
	    sizeof((const struct sql_value[]){ __VA_ARGS__ }) / sizeof(struct sql_value) })
#define NO_ARGS ((struct sql_args){ NULL, 0 })

/* ---- rows coming out ---------------------------------------------------- */

/*
 * One list of columns makes a row type, what is selected for it and what goes where:
 *
 *	#define NOTE_COLUMNS(C, E)                                   \
 *		C(INT, n, id)                                        \
 *		C(TEXT, n, title)                                    \
 *		E(BOOL, read, "n.read_at IS NOT NULL")
 *	SQL_ROW(note, NOTE_COLUMNS)
 *
 *	sql_all(db, arena, "SELECT {} FROM note n WHERE n.owner = ?", ..., note_shape(), ...)
 *
 * C(type, table, column) is a column of a table, by the table's alias in the statement, and a
 * member of the same name. E(type, member, "expression") is whatever SQL can say. Types: INT is
 * int64_t, BOOL bool, CODE unsigned (an enum), TEXT const char *.
 *
 * {} in a statement becomes the list, `AS member` where that is not the column's name. A statement
 * may select by itself where one of several differs; in any case the names of what it answers are
 * compared with those of the members when it is prepared, and others are refused.
 */
#define SQL_ROW(tag, COLUMNS)                                                                      \
	struct tag {                                                                               \
		COLUMNS(SQL_MEMBER_OF_TABLE, SQL_MEMBER)                                           \
	};                                                                                         \
	SQL_SHAPE(tag, tag, COLUMNS)
/*
 * name_shape() alone: for a struct that is known already, and for statements that fill some member
 * from elsewhere.
 */
#define SQL_SHAPE(name, tag, COLUMNS)                                                              \
	static inline const struct sql_shape *name##_shape(void)                                   \
	{                                                                                          \
		typedef struct tag sql_row_type;                                                   \
		static const struct sql_column columns[] = { COLUMNS(SQL_BIND_OF_TABLE,            \
		    SQL_BIND) };                                                                   \
		static const struct sql_shape shape = { columns, COUNT(columns),                   \
			sizeof(sql_row_type) };                                                    \
                                                                                                   \
		return &shape;                                                                     \
	}

struct sql_column {
	enum sql_type type;
	size_t offset;
	const char *name; /* as it is answered */
	const char *from; /* what {} says for it; NULL in a shape that {} is not used with */
};

/* Which member receives which column, in the order they are selected. */
struct sql_shape {
	const struct sql_column *columns;
	size_t count, row_size;
};

#define SQL_C_INT int64_t
#define SQL_C_BOOL bool
#define SQL_C_CODE unsigned
#define SQL_C_TEXT const char *
#define SQL_MEMBER(type, member, from) SQL_C_##type member;
#define SQL_MEMBER_OF_TABLE(type, table, column) SQL_C_##type column;
#define SQL_BIND(type, member, from)                                                               \
	COLUMN(sql_row_type, member, #member, from " AS `" #member "`"),
#define SQL_BIND_OF_TABLE(type, table, column)                                                     \
	COLUMN(sql_row_type, column, #column, #table "." #column),
#define COLUMN(row, member, name, from)                                                            \
	{                                                                                          \
		_Generic(((row *)0)->member,                  \
			int64_t: SQL_INT,                     \
			bool: SQL_BOOL,                       \
			unsigned: SQL_CODE,                   \
			const char *: SQL_TEXT),              \
		offsetof(row, member), name, from                                    \
	}

/*
 * Exactly one row. Strings go to `arena`; SQL NULL reads as NULL, 0 or false.
 * ERR_NOT_FOUND none, ERR_INTERNAL more than one, ERR_UNAVAILABLE no server.
 */
MUST_CHECK enum err sql_one(struct sql *db, struct arena *arena, const char *text,
    struct sql_args args, const struct sql_shape *shape, void *ret_row);

/* All rows, as an array in `arena`. The statement carries its own LIMIT. */
MUST_CHECK enum err sql_all(struct sql *db, struct arena *arena, const char *text,
    struct sql_args args, const struct sql_shape *shape, void *ret_rows, size_t *ret_count);

/* ---- one value ---------------------------------------------------------- */

/*
 * The one value of the one row a statement answers; SQL NULL reads as 0 or NULL. As sql_one():
 * ERR_NOT_FOUND no row (an aggregate always has one), ERR_INTERNAL several rows or columns.
 */
MUST_CHECK enum err sql_number(struct sql *db, struct arena *arena, const char *text,
    struct sql_args args, int64_t *ret);
MUST_CHECK enum err sql_string(struct sql *db, struct arena *arena, const char *text,
    struct sql_args args, const char **ret);
/* Is there a row? "SELECT 1 FROM ... LIMIT 1"; never ERR_NOT_FOUND. */
MUST_CHECK enum err
sql_exists(struct sql *db, struct arena *arena, const char *text, struct sql_args args, bool *ret);
/* The one value of each row. */
MUST_CHECK enum err sql_numbers(struct sql *db, struct arena *arena, const char *text,
    struct sql_args args, const int64_t **ret, size_t *ret_count);

/* ---- writing ------------------------------------------------------------ */

struct sql_tx {
	struct sql *db; /* for reading inside the transaction */
	bool open;
};

/*
 * SQL_TX(tx, db); opens a transaction named tx that rolls back when it leaves
 * scope, unless sql_commit(&tx) succeeded. Transactions do not nest.
 */
#define SQL_TX(tx, database)                                                                       \
	struct sql_tx tx __attribute__((cleanup(sql_tx_end))) = { 0 };                             \
	TRY(sql_begin(&tx, (database)))

MUST_CHECK enum err sql_begin(struct sql_tx *tx, struct sql *db);
MUST_CHECK enum err sql_commit(struct sql_tx *tx);
void sql_tx_end(struct sql_tx *tx);

/*
 * *ret_changed: rows changed; may be NULL. ERR_EXISTS on a duplicate key,
 * ERR_CONFLICT when others hold the rows (deadlock, lock wait).
 */
MUST_CHECK enum err
sql_exec(struct sql_tx *tx, const char *text, struct sql_args args, uint64_t *ret_changed);
/* As sql_exec for what changes one row; `none` when there is no such row. */
MUST_CHECK enum err
sql_exec_one(struct sql_tx *tx, const char *text, struct sql_args args, enum err none);
/* As sql_exec for one INSERT; *ret_id is the AUTO_INCREMENT value. */
MUST_CHECK enum err
sql_insert(struct sql_tx *tx, const char *text, struct sql_args args, int64_t *ret_id);

#endif
