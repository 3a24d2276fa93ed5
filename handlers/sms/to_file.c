#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "handlers/sms/gateway.h"
#include "handlers/sms/settings.h"

#define FLAGS (JSON_COMPACT)

static struct sms_outcome
failed(struct req *q, enum sms_fate fate, const char *what)
{
	return (struct sms_outcome){ fate, arena_printf(q->arena, "%s: errno %d", what, errno) };
}

struct sms_outcome
sms_file_send(struct req *q, const struct sms *sms)
{
	json_auto_t *line = json_pack("{sI ss ss}", "time", (json_int_t)q->now, "phone", sms->phone,
	    "text", sms->text);
	size_t size = json_dumpb(line, NULL, 0, FLAGS);
	char *bytes = arena_alloc(q->arena, size + 1);
	int fd = open(sms_settings.file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return failed(q, SMS_LATER, "open");
	json_dumpb(line, bytes, size, FLAGS);
	bytes[size++] = '\n';
	/* One write, so that lines of several processes do not mix. */
	ssize_t written = write(fd, bytes, size);
	if (close(fd) != 0 || written != (ssize_t)size)
		return failed(q, written < 0 ? SMS_LATER : SMS_UNKNOWN, "write");
	return (struct sms_outcome){ SMS_TAKEN, NULL };
}
