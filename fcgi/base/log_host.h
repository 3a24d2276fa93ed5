#ifndef FCGI_BASE_LOG_HOST_H
#define FCGI_BASE_LOG_HOST_H

#include <stdbool.h>

/*
 * One line to the syslog of the host, which may send it on to another (authpriv; notice, or crit
 * for an alarm). Beside fcgi/base/log.h, whose lines are for those who run the program.
 */
void log_host(bool alarm, const char *line);

#endif
