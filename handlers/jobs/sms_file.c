#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "fcgi/config.h"
#include "fcgi/log.h"
#include "handlers/jobs/sms_provider.h"

#define FLAGS (JSON_COMPACT)

enum err
sms_file_send(struct req *q, const char *phone, const char *text)
{
	json_auto_t *line =
	    json_pack("{sI ss ss}", "time", (json_int_t)q->now, "phone", phone, "text", text);
	size_t size = json_dumpb(line, NULL, 0, FLAGS);
	char *bytes = arena_alloc(q->arena, size + 1);
	int fd = open(q->config->sms_file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0) {
		log_line(LOG_ERROR, "sms_file", "what=open errno=%d", errno);
		return ERR_UNAVAILABLE;
	}
	json_dumpb(line, bytes, size, FLAGS);
	bytes[size++] = '\n';
	/* One write, so that lines of several processes do not mix. */
	ssize_t written = write(fd, bytes, size);
	if (close(fd) != 0 || written != (ssize_t)size) {
		log_line(LOG_ERROR, "sms_file", "what=write errno=%d", errno);
		return ERR_UNAVAILABLE;
	}
	return ERR_OK;
}
