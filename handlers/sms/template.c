#include "handlers/sms/template.h"

#include <string.h>

#include "handlers/sms/settings.h"

/* "NAME=CODE,NAME=CODE" */
const char *
sms_template(struct req *q, const char *name)
{
	const char *at = sms_settings.templates;
	size_t len = strlen(name);

	while (*at) {
		size_t size = strcspn(at, ",");

		if (size > len + 1 && strncmp(at, name, len) == 0 && at[len] == '=')
			return arena_strndup(q->arena, at + len + 1, size - len - 1);
		at += size + (at[size] == ',');
	}
	return NULL;
}
