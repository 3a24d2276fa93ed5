#include "fcgi/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

void
log_line(enum log_level level, const char *at, const char *format, ...)
{
	static const char *const names[] = { "none", "info", "warn", "error" };
	char line[2048];
	va_list ap;
	int used = snprintf(line, sizeof(line) - 1, "level=%s at=%s ", names[level], at);

	va_start(ap, format);
	int more = vsnprintf(line + used, sizeof(line) - 1 - (size_t)used, format, ap);
	va_end(ap);
	if (more < 0)
		return;
	size_t len = (size_t)(used + more);
	if (len > sizeof(line) - 2)
		len = sizeof(line) - 2;
	/* whatever stands in a value, an event stays one line */
	for (char *p = line; p < line + len; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	line[len++] = '\n';
	/* One write, so that lines of several processes do not mix. */
	(void)!write(STDERR_FILENO, line, len);
}

const char *
log_safe(char *buffer, size_t size, const char *text)
{
	size_t n = 0;

	for (; text && *text && n + 1 < size; text++)
		buffer[n++] = (*text > ' ' && *text < 0x7f && *text != '"') ? *text : '_';
	buffer[n] = '\0';
	return buffer;
}
