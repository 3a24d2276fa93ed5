#include "handlers/common/incident.h"

#include <string.h>

#include "fcgi/base/log.h"
#include "fcgi/http/config.h"
#include "fcgi/http/network.h"
#include "fcgi/http/route.h"
#include "fcgi/store/kv.h"
#include "handlers/common/deed.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/limits.h"
#include "sql/db/db.h"

static bool
is_round(int64_t count)
{
	while (count >= 10 && count % 10 == 0)
		count /= 10;
	return count == 1;
}

static enum err
count(struct req *q, const struct kv_limit *limit, unsigned factor, const char *key, bool *ret,
    int64_t *ret_count)
{
	TRY(kv_count(q->kv, &limit->family, key, ret_count, NULL));
	*ret = *ret && (*ret_count <= limit->most * (int64_t)factor || is_round(*ret_count));
	return ERR_OK;
}

/* Workers that serve keys have the vault alone; theirs are counted apart. */
static const char *
counter_of(const struct req *q, const char *text)
{
	return index_text(q, q->keyring ? PURPOSE_INCIDENT : PURPOSE_INCIDENT_KEYS, text);
}

/* Is this one to be written? *ret_count: of how many alike it is. */
static enum err
admit(struct req *q, enum deed deed, const char *object, bool *ret, int64_t *ret_count)
{
	const char *network = network_of(q->arena, q->address);
	int64_t others;

	*ret = true;
	TRY(count(q, &limit_incident_same, 1,
	    counter_of(q, arena_printf(q->arena, "same/%s/%s/%s/%lld", deed_name(deed), object,
			      network, (long long)who_user(q))),
	    ret, ret_count));
	if (!*ret)
		return ERR_OK;
	TRY(count(q, &limit_incident_network, q->config->address_factor,
	    counter_of(q, arena_printf(q->arena, "network/%s", network)), ret, &others));
	return *ret ? count(q, &limit_incident_all, 1, "all", ret, &others) : ERR_OK;
}

static enum err
write_it(struct req *q, enum deed deed, const char *object, const char *detail)
{
	bool wanted;
	int64_t same;

	TRY(admit(q, deed, object, &wanted, &same));
	if (!wanted)
		return ERR_OK;
	SQL_TX(tx, q->db);
	TRY(deed_note(q, &tx, deed, arena_printf(q->arena, "%.80s", object),
	    arena_printf(q->arena, "%s count=%lld", detail, (long long)same)));
	return sql_commit(&tx);
}

void
incident_note(struct req *q, enum deed deed, const char *object, const char *detail)
{
	enum err e = write_it(q, deed, object, detail);

	if (e != ERR_OK)
		log_line(LOG_WARN, "incident", "what=%s why=%s", deed_name(deed), err_info(e)->key);
}

/* Steps of signing in that are still to come are no refusal. */
static bool
is_refusal(const char *code)
{
	return code && strcmp(code, err_info(ERR_SECOND_FACTOR)->key) != 0 &&
	       strcmp(code, err_info(ERR_PASSWORD_CHANGE)->key) != 0;
}

void
incident_of_request(struct req *q)
{
	if (q->status != err_info(ERR_FORBIDDEN)->status || !who_user(q) || !q->bytes)
		return;
	json_auto_t *problem = json_loads(q->bytes, 0, NULL);
	const char *code = json_string_value(json_object_get(problem, "code"));
	if (!is_refusal(code))
		return;
	incident_note(q, DEED_ACCESS_REFUSE,
	    arena_printf(q->arena, "route/%s %s", q->method, q->route->path),
	    arena_printf(q->arena, "code=%s", code));
}
