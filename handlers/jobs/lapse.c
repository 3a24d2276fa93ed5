#include "handlers/jobs/lapse.h"

#include "fcgi/base/log.h"
#include "handlers/common/notify.h"
#include "sql/account/certification.h"

#define SPAN 5000 /* ids looked at per call */
#define REASON "定点医药机构协议已到期，或目录中的信息有变更，请重新认证"

/* Somebody who certified it again meanwhile is right: the version says so. */
static enum err
lapse(struct req *q, const struct unit *unit)
{
	SQL_TX(tx, q->db);
	TRY(unit_certify(&tx, unit->id, unit->version, CERTIFICATION_EXPIRED, REASON, 0, NULL));
	TRY(notify_unit(q, &tx, unit->id, NOTICE_CERTIFY_EXPIRED,
	    (const char *const[4]){ REASON }));
	return sql_commit(&tx);
}

enum err
lapse_run(struct req *q)
{
	static int64_t after; /* where this process goes on */
	const struct unit *units;
	size_t count;
	bool more;

	TRY(certification_lapsed(q->db, q->arena, after, SPAN, &units, &count, &more));
	for (size_t i = 0; i < count; i++) {
		enum err e = lapse(q, &units[i]);

		if (e != ERR_OK && e != ERR_CONFLICT)
			return e;
	}
	if (count > 0)
		log_line(LOG_INFO, "janitor", "what=lapsed count=%zu", count);
	after = more ? after + SPAN : 0;
	return ERR_OK;
}
