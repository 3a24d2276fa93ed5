#include "sql/record/security_record.h"

/* clang-format off */
#define SECURITY(deed) "'" deed "', "
#define SELECT(index, where)                                                                       \
	"SELECT id, created_at, user_id, role, address, deed, object, detail FROM audit"           \
	" FORCE INDEX (" index ") WHERE " where " AND created_at >= ? AND created_at <= ? AND deed IN ("

enum err
security_records(struct sql *db, struct arena *arena, const struct security_subject *of,
    int64_t since, struct audit_place after, int64_t limit, const struct security_record **ret,
    size_t *ret_count)
{
	static const char text[] =
	    "SELECT {} FROM ("
	    SELECT("by_object", "object IN (?, ?, ?)")
#include "handlers/rules/table/security.def"
	    "'') UNION "
	    SELECT("by_person", "user_id = ? AND role BETWEEN ? AND ?")
#include "handlers/rules/table/security.def"
	    "'')) a WHERE a.created_at < ? OR a.id < ?"
	    " ORDER BY a.created_at DESC, a.id DESC LIMIT ?";

	return sql_all(db, arena, text,
	    ARGS(V(of->objects[0]), V(of->objects[1]), V(of->objects[2]), V(since), V(after.at),
		V(of->user_id), V(of->first_role), V(of->last_role), V(since), V(after.at),
		V(after.at), V(after.id), V(limit)),
	    security_record_shape(), ret, ret_count);
}
#undef SECURITY
/* clang-format on */
