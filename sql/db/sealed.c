#include "sql/db/sealed.h"

/* clang-format off */
const struct sealed_column sealed_columns[] = {
#define SEALED(NAME, ring, purpose, table, column, key, key2)                                      \
	{ PURPOSE_##NAME, #table, #column,                                                         \
	  "SELECT CAST(" #key " AS CHAR) AS `key`, CAST(" #key2 " AS CHAR) AS `key2`,"             \
	  " " #column " AS `sealed` FROM `" #table "`"                                             \
	  " WHERE " #key " >= ? AND (" #key " > ? OR " #key2 " > ?) AND " #column " NOT LIKE ?"    \
	  " ORDER BY " #key ", " #key2 " LIMIT ?",                                                 \
	  "UPDATE `" #table "` SET " #column " = ?"                                                \
	  " WHERE " #key " = ? AND " #key2 " = ? AND BINARY " #column " = ?" },
#include "fcgi/base/array.h"
#include "sql/db/sealed.def"
#undef SEALED
};
const size_t sealed_columns_count = COUNT(sealed_columns);

const struct indexed_column indexed_columns[] = {
#define INDEXED(NAME, table, column, sealed, key)                                                  \
	{ PURPOSE_##NAME, #table, #column,                                                         \
	  "SELECT CAST(" #key " AS CHAR) AS `key`, " #sealed " AS `sealed`, " #column " AS `index`" \
	  " FROM `" #table "`"                                                                     \
	  " WHERE " #key " > ? ORDER BY " #key " LIMIT ?",                                         \
	  "UPDATE `" #table "` SET " #column " = ? WHERE " #key " = ? AND " #column " = ?" },
#include "sql/db/sealed.def"
#undef INDEXED
};
const size_t indexed_columns_count = COUNT(indexed_columns);
/* clang-format on */

enum err
sealed_older(struct sql *db, struct arena *arena, const struct sealed_column *column,
    const struct sealed_value *after, int32_t newest, int64_t limit,
    const struct sealed_value **ret, size_t *ret_count)
{
	const char *key = after ? after->key : "", *key2 = after ? after->key2 : "";

	return sql_all(db, arena, column->select,
	    ARGS(V(key), V(key), V(key2), V(arena_printf(arena, "1:%d:%%", (int)newest)), V(limit)),
	    sealed_value_shape(), ret, ret_count);
}

enum err
sealed_replace(struct sql_tx *tx, const struct sealed_column *column,
    const struct sealed_value *old, const char *sealed, bool *ret_done)
{
	uint64_t changed;

	TRY(sql_exec(tx, column->update, ARGS(V(sealed), V(old->key), V(old->key2), V(old->sealed)),
	    &changed));
	*ret_done = changed == 1;
	return ERR_OK;
}

enum err
indexed_list(struct sql *db, struct arena *arena, const struct indexed_column *column,
    const char *after, int64_t limit, const struct indexed_value **ret, size_t *ret_count)
{
	return sql_all(db, arena, column->select, ARGS(V(after), V(limit)), indexed_value_shape(),
	    ret, ret_count);
}

enum err
indexed_replace(struct sql_tx *tx, const struct indexed_column *column,
    const struct indexed_value *old, const char *index, bool *ret_done)
{
	uint64_t changed;

	TRY(sql_exec(tx, column->update, ARGS(V(index), V(old->key), V(old->index)), &changed));
	*ret_done = changed == 1;
	return ERR_OK;
}
