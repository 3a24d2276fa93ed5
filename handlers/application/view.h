#ifndef HANDLERS_APPLICATION_VIEW_H
#define HANDLERS_APPLICATION_VIEW_H

#include "fcgi/http/request.h"
#include "sql/application/application.h"
#include "sql/application/application_pin.h"

/*
 * The detail of an application (APP-50 … APP-54, ACR-2 … ACR-7) for whoever
 * q is: the applicant sees what is stored, an officer what was filed. Personal
 * values are masked except in a form the reader may change right now, which
 * has to be filled with them. *ret is the caller's.
 */
MUST_CHECK enum err view_json(struct req *q, const struct application *app, json_t **ret);

/*
 * 审核记录: every step so far and the one that is waited for, each with its 批注. *ret is the
 * caller's.
 */
MUST_CHECK enum err view_records(struct req *q, const struct application *app, json_t **ret);

/*
 * Who has it now, since when, and how long that usually takes:
 * {desk, who, since, usual: {median_days, ninetieth_days} | null}, or null while it
 * lies with the applicant. *ret is the caller's.
 */
MUST_CHECK enum err view_waiting(struct req *q, const struct application *app, json_t **ret);

/*
 * What each 提交 changed against the one before in its phase:
 * [{round, phase, at, items: [{field, file, before, after, before_file, after_file}]}].
 * Personal values are masked; of a file the names are given, and {id, name, size, type, digest}.
 * *ret is the caller's.
 */
MUST_CHECK enum err view_changes(struct req *q, const struct application *app, json_t **ret);

/* {id, field, kind: "field"|"page"|"second", place, text}. The caller owns the result. */
json_t *view_pin(const struct application_pin *pin);

/* Masks the text object[name], an answer to `field`, when it is personal. */
void view_mask(struct arena *arena, json_t *object, const char *field, const char *name);

#endif
