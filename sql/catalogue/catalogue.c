#include "sql/catalogue/catalogue.h"

#include <string.h>

#include "sql/db/like.h"

#define KEY_COLUMNS 2 /* id and version lead every shape */
#define FIND_MAX 4

static struct sql_value
value_of(const struct sql_column *column, const void *row)
{
	const char *member = (const char *)row + column->offset;

	switch (column->type) {
	case SQL_INT:
		return sql_int(*(const int64_t *)(const void *)member);
	case SQL_BOOL:
		return sql_bool(*(const bool *)(const void *)member);
	case SQL_CODE:
		return sql_code(*(const unsigned *)(const void *)member);
	case SQL_TEXT:
		return sql_text(*(const char *const *)(const void *)member);
	case SQL_NULL:
		break;
	}
	return sql_text(NULL);
}

/* The row's columns but for its key, with room for `more` after them. */
static struct sql_value *
values_of(struct arena *arena, const struct catalogue_store *store, const void *row, size_t more)
{
	size_t count = store->shape.count - KEY_COLUMNS;
	struct sql_value *values = arena_alloc(arena, (count + more) * sizeof(*values));

	for (size_t i = 0; i < count; i++)
		values[i] = value_of(&store->shape.columns[KEY_COLUMNS + i], row);
	return values;
}

static const char *
holding(struct arena *arena, const char *text)
{
	return arena_printf(arena, "%%%s", sql_beginning(arena, text));
}

enum err
catalogue_list(struct sql *db, struct arena *arena, const struct catalogue_store *store,
    const char *search, int64_t after, int64_t limit, void *ret_rows, size_t *ret_count)
{
	struct sql_value values[FIND_MAX + 2];
	size_t count = 0;

	for (const char *by = search ? store->find_by : ""; *by; by++) {
		if (*by == 'r')
			values[count++] = V(search);
		values[count++] = V(*by == 'r'   ? search
				    : *by == 'b' ? sql_beginning(arena, search)
						 : holding(arena, search));
	}
	values[count++] = V(after);
	values[count++] = V(limit);
	return sql_all(db, arena, search ? store->find : store->list,
	    (struct sql_args){ values, count }, &store->shape, ret_rows, ret_count);
}

enum err
catalogue_get(struct sql *db, struct arena *arena, const struct catalogue_store *store, int64_t id,
    void *ret_row)
{
	return sql_one(db, arena, store->get, ARGS(V(id)), &store->shape, ret_row);
}

enum err
catalogue_insert(struct sql_tx *tx, struct arena *arena, const struct catalogue_store *store,
    const void *row, int64_t *ret_id)
{
	struct sql_value *values = values_of(arena, store, row, 0);

	return sql_insert(tx, store->insert,
	    (struct sql_args){ values, store->shape.count - KEY_COLUMNS }, ret_id);
}

enum err
catalogue_update(struct sql_tx *tx, struct arena *arena, const struct catalogue_store *store,
    const void *row)
{
	const struct catalogue_key *key = row;
	size_t count = store->shape.count - KEY_COLUMNS;
	struct sql_value *values = values_of(arena, store, row, 2);

	values[count] = V(key->id);
	values[count + 1] = V(key->version);
	return sql_exec_one(tx, store->update, (struct sql_args){ values, count + 2 },
	    ERR_CONFLICT);
}
