#ifndef HANDLERS_COMMON_PORT_H
#define HANDLERS_COMMON_PORT_H

#include <jansson.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"

/*
 * One question to a service of somebody else, over HTTP: body, JSON, is sent there (NULL: the address
 * says it all) and JSON comes back. name: for the log. seconds: how long it may take in all. *ret is the caller's.
 * ERR_UNAVAILABLE, logged, unless it answered 200 with JSON in time.
 */
MUST_CHECK enum err port_ask(struct arena *arena, const char *name, const char *url,
    const char *body, long seconds, json_t **ret);

#endif
