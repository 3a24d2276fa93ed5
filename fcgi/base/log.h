#ifndef FCGI_BASE_LOG_H
#define FCGI_BASE_LOG_H

#include <stddef.h>

#include "fcgi/base/err.h"

/*
 * One line per event on stderr: level=… at=… and the caller's key=value text.
 * Never personal data, never secrets; field names yes, field values no.
 */
void log_line(enum log_level level, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A value that came from outside, made safe to stand in a line: in the given buffer. */
const char *log_safe(char *buffer, size_t size, const char *text);

#endif
