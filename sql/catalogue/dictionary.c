#include "sql/catalogue/dictionary.h"

enum err
dictionary_all(struct sql *db, struct arena *arena, const struct dictionary_entry **ret,
    size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM dictionary d ORDER BY list, position, id LIMIT 2000", NO_ARGS,
	    dictionary_entry_shape(), ret, ret_count);
}

enum err
dictionary_ensure(struct sql_tx *tx, const struct dictionary_entry *e, int64_t position)
{
	return sql_exec(tx,
	    "INSERT IGNORE INTO dictionary (list, code, text, hint, position)"
	    " VALUES (?, ?, ?, ?, ?)",
	    ARGS(V(e->list), V(e->code), V(e->text), V(e->hint), V(position)), NULL);
}
