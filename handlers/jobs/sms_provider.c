#include "handlers/jobs/sms_provider.h"

#include <string.h>

static const struct sms_provider providers[] = {
	{ "file", sms_file_send },
};

const struct sms_provider *
sms_provider_find(const char *name)
{
	for (size_t i = 0; i < sizeof(providers) / sizeof(providers[0]); i++)
		if (strcmp(providers[i].name, name) == 0)
			return &providers[i];
	return NULL;
}
