#ifndef HANDLERS_ADMIN_STAFF_SCOPE_H
#define HANDLERS_ADMIN_STAFF_SCOPE_H

#include "fcgi/base/arena.h"

/* The code of the region a scope's digits stand for; NULL for none. */
const char *staff_scope_code(struct arena *arena, const char *scope);

#endif
