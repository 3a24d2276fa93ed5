#include "handlers/site/health.h"

#include <sys/stat.h>

#include "fcgi/http/config.h"
#include "fcgi/http/metrics.h"
#include "fcgi/store/kv.h"
#include "sql/db/db.h"

struct health_answer {
	const char *status;
};
static const struct answer_row health_rows[] = {
	ANSWER(struct health_answer, status, .words = "ok"),
};
const struct answer health_answer = ANSWER_TABLE("health", struct health_answer, health_rows);

struct ready_answer {
	bool database, redis, store;
};
static const struct answer_row ready_rows[] = {
	ANSWER(struct ready_answer, database),
	ANSWER(struct ready_answer, redis),
	ANSWER(struct ready_answer, store),
};
const struct answer ready_answer = ANSWER_TABLE("ready", struct ready_answer, ready_rows);
const struct answer metrics_answer = ANSWER_FILE("text/plain");

enum err
health_show(struct req *q)
{
	return reply(q, 200, &health_answer, &(struct health_answer){ "ok" });
}

enum err
ready_show(struct req *q)
{
	struct stat st;
	const struct ready_answer answer = {
		.database = sql_ping(q->db) == ERR_OK,
		.redis = kv_ping(q->kv) == ERR_OK,
		.store = stat(q->config->store, &st) == 0 && S_ISDIR(st.st_mode),
	};
	bool ready = answer.database && answer.redis && answer.store;

	return reply(q, ready ? 200 : 503, &ready_answer, &answer);
}

enum err
metrics_show(struct req *q)
{
	size_t size;
	const char *text = metrics_text(q->arena, &size);

	return reply_bytes(q, "text/plain; version=0.0.4", text, size);
}
