#include "handlers/sms/report.h"

#include "fcgi/http/query.h"
#include "sql/record/sms.h"

enum dlr { DLR_DELIVERED = 1, DLR_FAILED = 2, DLR_REFUSED = 16 };

struct report_query {
	int64_t status;
};
static const struct field query_fields[] = {
	FIELD(struct report_query, status, .label = "1 delivered, 2 failed, 16 refused", .max = 31),
};
const struct form sms_report_query = FORM("sms_report_query", query_fields);

enum err
sms_report_take(struct req *q)
{
	struct report_query in = { 0 };

	TRY(query_bind(q, &sms_report_query, &in));
	int64_t status = in.status;
	if (status != DLR_DELIVERED && status != DLR_FAILED && status != DLR_REFUSED)
		return reply_empty(q, 204);
	SQL_TX(tx, q->db);
	TRY(sms_report(&tx, q->key, status == DLR_DELIVERED, q->now));
	TRY(sql_commit(&tx));
	return reply_empty(q, 204);
}
