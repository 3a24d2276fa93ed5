#include "handlers/sms/provider.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/sms/settings.h"

static const struct sms_provider providers[] = {
	{ "aliyun", sms_aliyun_send },
	{ "file", sms_file_send },
	{ "kannel", sms_kannel_send },
	{ "tencent", sms_tencent_send },
};

const struct sms_provider *
sms_provider_find(const char *name)
{
	for (size_t i = 0; i < COUNT(providers); i++)
		if (strcmp(providers[i].name, name) == 0)
			return &providers[i];
	return NULL;
}

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
