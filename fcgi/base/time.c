#include "fcgi/base/time.h"

struct tm
time_shanghai(int64_t at)
{
	time_t local = (time_t)(at + SHANGHAI_AHEAD);
	struct tm tm = { 0 };

	gmtime_r(&local, &tm);
	return tm;
}
