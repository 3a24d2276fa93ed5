#include "sql/account/standing.h"

#include "handlers/rules/table/kinds.h"

static const char *
statement(enum role role)
{
	switch (role) {
	case ROLE_UNIT:
		return "SELECT password_seq, 0 AS disabled FROM unit WHERE id = ?";
	case ROLE_OPERATOR:
		return "SELECT password_seq, 0 AS disabled FROM operator WHERE id = ?";
	case ROLE_OFFICER:
	case ROLE_SYSADMIN:
	case ROLE_SECADMIN:
	case ROLE_AUDITOR:
		return "SELECT {} FROM staff s WHERE id = ?";
	case ROLE_NONE:
		break;
	}
	return NULL;
}

enum err
standing_get(struct sql *db, struct arena *arena, unsigned role, int64_t user_id,
    struct standing *ret)
{
	const char *text = statement((enum role)role);

	return text ? sql_one(db, arena, text, ARGS(V(user_id)), standing_shape(), ret)
		    : ERR_NOT_FOUND;
}

enum err
standing_hold(struct sql_tx *tx, struct arena *arena, int64_t staff_id, struct standing *ret)
{
	return sql_one(tx->db, arena, "SELECT {} FROM staff s WHERE id = ? LOCK IN SHARE MODE",
	    ARGS(V(staff_id)), standing_shape(), ret);
}
