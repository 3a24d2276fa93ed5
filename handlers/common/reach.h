#ifndef HANDLERS_COMMON_REACH_H
#define HANDLERS_COMMON_REACH_H

#include "fcgi/http/request.h"
#include "sql/account/unit.h"
#include "sql/application/application.h"

/*
 * What an officer may see and do: what passes his bureau, once it was submitted, of the regions he
 * works on, which the 安全管理员 may narrow. The one place that says so: lists, counts, statistics,
 * details, files, decisions, batches and 人工认证 all ask here. Anything else does not exist for him.
 * What has to be looked up stands beside it: reach_file.h, reach_figures.h.
 */

/* First digits of the regions he works on; NULL: all of his bureau. For what is listed and counted. */
const char *reach_region(const struct req *q);
/* The prefix of a region's code he asks for, or of all he works on when `code` is NULL: then NULL
   for all of his bureau. ERR_INVALID on `field`: no region, or none of his. */
MUST_CHECK enum err
reach_ask(struct req *q, const char *field, const char *code, const char **ret_prefix);

/* Does it pass his bureau, in his regions? */
bool reach_sees(const struct req *q, const struct application *app);
/* And does it lie at his desk now? */
bool reach_has_at_desk(const struct req *q, const struct application *app);
/* Did the unit ask his bureau for 人工认证, in his regions? */
bool reach_certifies(const struct req *q, const struct unit *unit);

#endif
