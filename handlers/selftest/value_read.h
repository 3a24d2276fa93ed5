#ifndef HANDLERS_SELFTEST_VALUE_READ_H
#define HANDLERS_SELFTEST_VALUE_READ_H

#include "fcgi/base/err.h"
#include "handlers/selftest/value.h"

#define VALUE_DEPTH_MAX 32

/*
 * size bytes -> a tree in the arena, about ten times their size.
 *
 * ERR_INVALID  not one JSON value in UTF-8, nested deeper than VALUE_DEPTH_MAX,
 *              or with two members of one name or a NUL in a text
 */
MUST_CHECK enum err
value_read(struct arena *arena, const char *json, size_t size, const struct value **ret);

/* A copy in which one member has another name; the same when that name is there already. */
const struct value *
value_renamed(struct arena *arena, const struct value *object, const char *from, const char *to);

#endif
