#include "handlers/sms/provider.h"

#include <string.h>

#include "fcgi/base/array.h"

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
