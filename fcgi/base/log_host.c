#include "fcgi/base/log_host.h"

#include <syslog.h>

void
log_host(bool alarm, const char *line)
{
	syslog(LOG_AUTHPRIV | (alarm ? LOG_CRIT : LOG_NOTICE), "%s", line);
}
