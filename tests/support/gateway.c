#include "tests/support/gateway.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char url[200], asked[8000], line[8000];
static int pipe_out = -1;
static pid_t child;

/* The request's head and as much of a body as it declares. */
static void
read_request(int client, char *text, size_t size)
{
	size_t used = 0;

	for (;;) {
		ssize_t n = read(client, text + used, size - 1 - used);
		if (n <= 0)
			return;
		used += (size_t)n;
		text[used] = '\0';
		const char *end = strstr(text, "\r\n\r\n"),
			   *length = strcasestr(text, "content-length:");
		if (!end)
			continue;
		if (!length || length > end || strlen(end + 4) >= strtoul(length + 15, NULL, 10))
			return;
	}
}

static void
serve(int fd, int to, const char *answer)
{
	static char text[8000];
	int client = accept(fd, NULL, NULL);

	read_request(client, text, sizeof(text));
	if (write(to, text, strlen(text)) < 0 || write(client, answer, strlen(answer)) < 0)
		_exit(1);
	close(client);
	_exit(0);
}

const char *
gateway_open(const char *path, const char *answer)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0), ends[2];

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) || listen(fd, 1) ||
	    getsockname(fd, (struct sockaddr *)&address, &size) || pipe(ends))
		abort();
	snprintf(url, sizeof(url), "http://127.0.0.1:%d%s", ntohs(address.sin_port), path);
	child = answer ? fork() : 0;
	if (answer && child == 0)
		serve(fd, ends[1], answer);
	close(fd);
	close(ends[1]);
	pipe_out = ends[0];
	return url;
}

void
gateway_close(void)
{
	size_t used = 0;
	ssize_t n;

	while ((n = read(pipe_out, asked + used, sizeof(asked) - 1 - used)) > 0)
		used += (size_t)n;
	asked[used] = '\0';
	close(pipe_out);
	if (child > 0)
		waitpid(child, NULL, 0);
	snprintf(line, sizeof(line), "%.*s", (int)strcspn(asked, "\r"), asked);
}

const char *
gateway_line(void)
{
	return line;
}

const char *
gateway_body(void)
{
	const char *end = strstr(asked, "\r\n\r\n");

	return end ? end + 4 : "";
}
