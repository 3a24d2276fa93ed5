#include "handlers/admin/staff_scope.h"

#include <string.h>

#include "handlers/rules/procedure/region.h"

const char *
staff_scope_code(struct arena *arena, const char *scope)
{
	char code[REGION_SIZE];

	if (!*scope)
		return NULL;
	region_of_prefix(scope, code);
	return arena_strndup(arena, code, strlen(code));
}
