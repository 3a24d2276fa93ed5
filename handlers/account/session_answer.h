#ifndef HANDLERS_ACCOUNT_SESSION_JSON_H
#define HANDLERS_ACCOUNT_SESSION_JSON_H

#include "fcgi/http/request.h"
#include "sql/catalogue/institution.h"

/*
 * The answer of GET /session: who, for whom, and what may be done. Read anew
 * from the database, so a page that asks sees a revoked grant at once.
 * *ret is the caller's. absolute_seconds: those left of the session's life.
 */
MUST_CHECK enum err session_json(struct req *q, json_t **ret);

/* {id, code, name, region, region_name}; *ret is the caller's. */
MUST_CHECK enum err
institution_json(struct req *q, const struct institution *institution, json_t **ret);

#endif
