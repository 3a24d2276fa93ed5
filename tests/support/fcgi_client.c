#include "tests/support/fcgi_client.h"

#include "fcgi/base/array.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* FastCGI 1.0, section 8. */
enum record { BEGIN_REQUEST = 1, END_REQUEST = 3, PARAMS = 4, STDIN = 5, STDOUT = 6 };
#define HEADER_SIZE 8
#define CONTENT_MAX 65535

int
fcgi_connect(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || strlen(path) >= sizeof(address.sun_path))
		return -1;
	memcpy(address.sun_path, path, strlen(path) + 1);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -1;
}

static bool
send_all(int fd, const void *bytes, size_t size)
{
	for (size_t sent = 0; sent < size;) {
		ssize_t n = send(fd, (const char *)bytes + sent, size - sent, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		sent += (size_t)n;
	}
	return true;
}

static bool
send_record(int fd, enum record type, const void *content, size_t size)
{
	unsigned char header[HEADER_SIZE] = { 1, (unsigned char)type, 0, 1,
		(unsigned char)(size >> 8), (unsigned char)size, 0, 0 };

	return send_all(fd, header, sizeof(header)) && send_all(fd, content, size);
}

bool
fcgi_begin(int fd, bool keep)
{
	const unsigned char responder[8] = { 0, 1, keep, 0, 0, 0, 0, 0 };

	return send_record(fd, BEGIN_REQUEST, responder, sizeof(responder));
}

/* A length in one byte, or in four with the first bit set. */
static size_t
put_length(unsigned char *to, size_t length)
{
	if (length < 128) {
		to[0] = (unsigned char)length;
		return 1;
	}
	to[0] = (unsigned char)(length >> 24 | 0x80);
	to[1] = (unsigned char)(length >> 16);
	to[2] = (unsigned char)(length >> 8);
	to[3] = (unsigned char)length;
	return 4;
}

bool
fcgi_params(int fd, const struct fcgi_param *params, size_t count)
{
	static unsigned char content[CONTENT_MAX];

	for (size_t i = 0; i < count; i++) {
		size_t name = strlen(params[i].name), value = strlen(params[i].value), used;

		if (name + value + 8 > sizeof(content))
			return false;
		used = put_length(content, name);
		used += put_length(content + used, value);
		memcpy(content + used, params[i].name, name);
		memcpy(content + used + name, params[i].value, value);
		if (!send_record(fd, PARAMS, content, used + name + value))
			return false;
	}
	return send_record(fd, PARAMS, "", 0);
}

bool
fcgi_body(int fd, const void *bytes, size_t size)
{
	const char *p = bytes;

	for (; size > CONTENT_MAX; p += CONTENT_MAX, size -= CONTENT_MAX)
		if (!send_record(fd, STDIN, p, CONTENT_MAX))
			return false;
	return send_record(fd, STDIN, p, size);
}

static bool
receive_all(int fd, void *bytes, size_t size)
{
	for (size_t got = 0; got < size;) {
		ssize_t n = recv(fd, (char *)bytes + got, size - got, 0);

		if (n <= 0)
			return false;
		got += (size_t)n;
	}
	return true;
}

/* Where the body begins is known only when everything is there. */
static void
split(struct fcgi_reply *reply, size_t size)
{
	char *end = memmem(reply->head, size, "\r\n\r\n", 4), status[8];

	reply->head[size] = '\0';
	reply->body = reply->head + size;
	if (end) {
		end[2] = '\0';
		reply->body = end + 4;
	}
	reply->size = size - (size_t)(reply->body - reply->head);
	if (fcgi_header(reply, "Status", status, sizeof(status)))
		reply->status = (int)strtol(status, NULL, 10);
}

void
fcgi_receive(int fd, struct fcgi_reply *ret)
{
	static unsigned char content[CONTENT_MAX + 255];
	unsigned char h[HEADER_SIZE];
	size_t used = 0;

	ret->ended = false;
	ret->status = 0;
	while (!ret->ended && receive_all(fd, h, sizeof(h))) {
		size_t size = (size_t)h[4] << 8 | h[5];

		if (!receive_all(fd, content, size + h[6]))
			break;
		if (h[1] == STDOUT && size < sizeof(ret->head) - used) {
			memcpy(ret->head + used, content, size);
			used += size;
		}
		ret->ended = h[1] == END_REQUEST;
	}
	split(ret, used);
}

bool
fcgi_ask(const char *socket, const char *method, const char *uri, const char *header,
    const char *value, const char *body, struct fcgi_reply *ret)
{
	char path[256], length[24];
	const char *query = strchr(uri, '?');

	snprintf(path, sizeof(path), "%.*s", (int)strcspn(uri, "?"), uri);
	snprintf(length, sizeof(length), "%zu", body ? strlen(body) : 0);
	const struct fcgi_param params[] = {
		{ "REQUEST_METHOD", method },
		{ "DOCUMENT_URI", path },
		{ "QUERY_STRING", query ? query + 1 : "" },
		{ "CONTENT_LENGTH", body ? length : "" },
		{ "CONTENT_TYPE", body ? "application/json" : "" },
		{ "REMOTE_ADDR", "192.0.2.1" },
		{ "REQUEST_ID", "00ff" },
		{ header, value },
	};
	int fd = fcgi_connect(socket);

	if (fd < 0)
		return false;
	if (fcgi_begin(fd, false) && fcgi_params(fd, params, COUNT(params) - !header) &&
	    (!body || fcgi_body(fd, body, strlen(body))))
		(void)fcgi_body(fd, "", 0);
	fcgi_receive(fd, ret);
	close(fd);
	return ret->ended;
}

const char *
fcgi_header(const struct fcgi_reply *reply, const char *name, char *buffer, size_t size)
{
	size_t len = strlen(name);

	for (const char *line = reply->head; *line;) {
		const char *end = strstr(line, "\r\n");

		if (!end)
			return NULL;
		if (strncasecmp(line, name, len) == 0 && line[len] == ':') {
			const char *value = line + len + 1 + strspn(line + len + 1, " ");

			snprintf(buffer, size, "%.*s", (int)(end - value), value);
			return buffer;
		}
		line = end + 2;
	}
	return NULL;
}
