#include "sql/key/channel_key.h"

#include "handlers/rules/table/kinds.h"

enum err
channel_key_add(struct sql_tx *tx, int64_t application_id, const char *public_key,
    int64_t operator_id, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO channel_key (application_id, public_key, operator_id, created_at)"
	    " VALUES (?, ?, ?, ?)",
	    ARGS(V(application_id), V(public_key), V(operator_id), V(now)), NULL);
}

enum err
channel_key_current(struct sql *db, struct arena *arena, int64_t application_id,
    struct channel_key *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM channel_key k LEFT JOIN operator o ON o.id = k.operator_id"
	    " WHERE k.application_id = ? ORDER BY k.id DESC LIMIT 1",
	    ARGS(V(application_id)), channel_key_shape(), ret);
}

enum err
channel_key_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct channel_key **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM channel_key k LEFT JOIN operator o ON o.id = k.operator_id"
	    " WHERE k.application_id = ? ORDER BY k.id DESC LIMIT 100",
	    ARGS(V(application_id)), channel_key_shape(), ret, ret_count);
}

/* Of applications that do not share an 应用ID with this one: see channel_credential_of_same(). */
#define FROM_OTHERS                                                                                \
	" FROM channel_key k JOIN application o ON o.id = k.application_id"                        \
	" JOIN application a ON a.id = ? WHERE k.public_key = ? AND o.id <> a.id"                  \
	" AND NOT (o.unit_id = a.unit_id AND o.institution_id = a.institution_id"                  \
	" AND o.business_type <=> a.business_type AND o.shown_app_name <=> a.shown_app_name)"

#define ENDED CHANNEL_KEY_ENDED("?")
/* With the numbers of enum key_use. */
#define SELECT_USE                                                                                 \
	"SELECT CASE"                                                                              \
	" WHEN EXISTS (SELECT 1 FROM credential WHERE platform_public = ?)"                        \
	" OR EXISTS (SELECT 1 FROM platform_key WHERE public_key = ?) THEN 1"                      \
	" WHEN EXISTS (SELECT 1 FROM credential WHERE channel_public = ? AND environment = ?)"     \
	" THEN 2"                                                                                  \
	" WHEN " ENDED " THEN 3"                                                                   \
	" WHEN ? <> (SELECT public_key FROM channel_key WHERE application_id = ?"                  \
	" ORDER BY id DESC LIMIT 1)"                                                               \
	" AND EXISTS (SELECT 1 FROM channel_key WHERE application_id = ? AND public_key = ?)"      \
	" THEN 4"                                                                                  \
	" WHEN EXISTS (SELECT 1" FROM_OTHERS ") THEN 5"                                            \
	" ELSE 0 END AS found"

enum err
channel_key_use(struct sql *db, struct arena *arena, int64_t application_id, const char *public_key,
    enum key_use *ret)
{
	const char *key = public_key;
	int64_t id = application_id;
	int64_t use;

	TRY(sql_number(db, arena, SELECT_USE,
	    ARGS(V(key), V(key), V(key), V((unsigned)ENVIRONMENT_TEST), V(key), V(key), V(key),
		V(id), V(id), V(key), V(id), V(key)),
	    &use));
	*ret = (enum key_use)use;
	return ERR_OK;
}

enum err
channel_key_contested(struct sql_tx *tx, struct arena *arena, int64_t application_id,
    const char *public_key, bool *ret)
{
	int64_t others;

	/* a locking read waits for those that are not committed yet */
	TRY(sql_number(tx->db, arena, "SELECT COUNT(*)" FROM_OTHERS " LOCK IN SHARE MODE",
	    ARGS(V(application_id), V(public_key)), &others));
	*ret = others > 0;
	return ERR_OK;
}
