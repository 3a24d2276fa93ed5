#include "sql/account/known_device.h"

enum err
known_device_get(struct sql *db, struct arena *arena, unsigned role, int64_t user_id,
    const char *device, const char *address, struct known_device *ret)
{
	return sql_one(db, arena, "SELECT {} FROM known_device k WHERE role = ? AND user_id = ?",
	    ARGS(V(device ? device : ""), V(address), V(role), V(user_id)), known_device_shape(),
	    ret);
}

enum err
known_device_exists(struct sql *db, struct arena *arena, const char *device, bool *ret)
{
	return sql_exists(db, arena, "SELECT 1 FROM known_device WHERE device = ? LIMIT 1",
	    ARGS(V(device)), ret);
}

enum err
known_device_put(struct sql_tx *tx, struct arena *arena, unsigned role, int64_t user_id,
    const char *device, const char *address, int64_t now)
{
	int64_t known;

	TRY(sql_exec(tx,
	    "INSERT INTO known_device (role, user_id, device, address, seen_at)"
	    " VALUES (?, ?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE seen_at = VALUES(seen_at)",
	    ARGS(V(role), V(user_id), V(device), V(address), V(now)), NULL));
	TRY(sql_number(tx->db, arena,
	    "SELECT COUNT(*) FROM known_device WHERE role = ? AND user_id = ?",
	    ARGS(V(role), V(user_id)), &known));
	if (known <= KNOWN_DEVICES_MAX)
		return ERR_OK;
	return sql_exec(tx,
	    "DELETE FROM known_device WHERE role = ? AND user_id = ? AND device <> ?"
	    " ORDER BY seen_at LIMIT ?",
	    ARGS(V(role), V(user_id), V(device), V(known - KNOWN_DEVICES_MAX)), NULL);
}

enum err
known_device_clear(struct sql_tx *tx, unsigned role, int64_t user_id)
{
	return sql_exec(tx, "DELETE FROM known_device WHERE role = ? AND user_id = ?",
	    ARGS(V(role), V(user_id)), NULL);
}

enum err
known_device_purge(struct sql_tx *tx, int64_t before, int64_t limit)
{
	return sql_exec(tx, "DELETE FROM known_device WHERE seen_at < ? LIMIT ?",
	    ARGS(V(before), V(limit)), NULL);
}
