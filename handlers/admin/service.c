#include "handlers/admin/service.h"

#include <sys/stat.h>

#include "fcgi/http/config.h"
#include "fcgi/http/metrics.h"
#include "fcgi/store/kv.h"
#include "handlers/site/export.h"
#include "handlers/site/routes.h"
#include "sql/db/db.h"

enum err
health_show(struct req *q)
{
	return reply_json(q, 200, json_pack("{ss}", "status", "ok"));
}

enum err
ready_show(struct req *q)
{
	struct stat st;
	bool database = sql_ping(q->db) == ERR_OK, redis = kv_ping(q->kv) == ERR_OK;
	bool store = stat(q->config->store, &st) == 0 && S_ISDIR(st.st_mode);

	return reply_json(q, database && redis && store ? 200 : 503,
	    json_pack("{sb sb sb}", "database", database, "redis", redis, "store", store));
}

enum err
metrics_show(struct req *q)
{
	size_t size;
	const char *text = metrics_text(q->arena, &size);

	return reply_bytes(q, "text/plain; version=0.0.4", text, size);
}

enum err
openapi_portal_show(struct req *q)
{
	return reply_json(q, 200,
	    export_openapi(&routes_portal, "Jieru public site", q->config->cookie));
}

enum err
openapi_review_show(struct req *q)
{
	return reply_json(q, 200,
	    export_openapi(&routes_review, "Jieru review site", q->config->cookie));
}
