#include "sql/catalogue/dictionary.h"

static const struct sql_column columns[] = {
	COLUMN(struct dictionary_entry, list),
	COLUMN(struct dictionary_entry, code),
	COLUMN(struct dictionary_entry, text),
	COLUMN(struct dictionary_entry, hint),
	COLUMN(struct dictionary_entry, active),
};
static const struct sql_shape shape = SHAPE(struct dictionary_entry, columns);

enum err
dictionary_all(struct sql *db, struct arena *arena, const struct dictionary_entry **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT list, code, text, hint, active FROM dictionary"
	    " ORDER BY list, position, id LIMIT 2000",
	    NO_ARGS, &shape, ret, ret_count);
}

enum err
dictionary_ensure(struct sql_tx *tx, const struct dictionary_entry *e, int64_t position)
{
	return sql_exec(tx,
	    "INSERT IGNORE INTO dictionary (list, code, text, hint, position) VALUES (?, ?, ?, ?, "
	    "?)",
	    ARGS(V(e->list), V(e->code), V(e->text), V(e->hint), V(position)), NULL);
}
