#ifndef HANDLERS_APPLICATION_VIEW_CHANGES_H
#define HANDLERS_APPLICATION_VIEW_CHANGES_H

#include "fcgi/http/request.h"
#include "sql/application/application.h"

/*
 * What each 提交 changed against the one before in its phase:
 * [{round, phase, at, items: [{field, file, before, after, before_file, after_file}]}].
 * Personal values are masked; of a file the names are given, and {id, name, size, type, digest}.
 * *ret is the caller's.
 */
MUST_CHECK enum err view_changes(struct req *q, const struct application *app, json_t **ret);

#endif
