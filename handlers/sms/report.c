#include "handlers/sms/report.h"

#include "sql/record/sms.h"

enum dlr { DLR_DELIVERED = 1, DLR_FAILED = 2, DLR_REFUSED = 16 };

enum err
sms_report_take(struct req *q)
{
	int64_t status = query_int(q, "status", 0, 31, 0);

	if (status != DLR_DELIVERED && status != DLR_FAILED && status != DLR_REFUSED)
		return reply_empty(q, 204);
	SQL_TX(tx, q->db);
	TRY(sms_report(&tx, q->key, status == DLR_DELIVERED, q->now));
	TRY(sql_commit(&tx));
	return reply_empty(q, 204);
}
