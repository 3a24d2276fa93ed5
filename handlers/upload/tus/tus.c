#include "handlers/upload/tus/tus.h"

#include <string.h>
#include <time.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"

#define ID_BYTES 16
#define METADATA_MAX 4096 /* bytes of the header; a name of 200 characters needs 1,080 */

enum err
tus_enter(struct req *q)
{
	const char *version = q->header(q, "HTTP_TUS_RESUMABLE");

	reply_header(q, "Tus-Resumable", TUS_VERSION);
	if (version && strcmp(version, TUS_VERSION) == 0)
		return ERR_OK;
	reply_header(q, "Tus-Version", TUS_VERSION);
	return ERR_TUS_VERSION;
}

void
tus_expires(struct req *q, int64_t touched)
{
	const time_t end = (time_t)(touched + TUS_AGE);
	char date[64];
	struct tm tm;

	gmtime_r(&end, &tm);
	strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", &tm);
	reply_header(q, "Upload-Expires", arena_strndup(q->arena, date, strlen(date)));
}

bool
tus_sums_by(const char *name)
{
	return strcmp(name, "sha1") == 0 || strcmp(name, "sha256") == 0;
}

enum err
tus_number(const struct req *q, const char *name, int64_t *ret)
{
	const char *text = q->header(q, name);
	int64_t n = 0;

	if (!text || *text == '\0')
		return ERR_BAD_REQUEST;
	for (; *text; text++) {
		if (*text < '0' || *text > '9' || n > (INT64_MAX - (*text - '0')) / 10)
			return ERR_BAD_REQUEST;
		n = n * 10 + (*text - '0');
	}
	*ret = n;
	return ERR_OK;
}

/* One "key base64", or a key alone, of len bytes. ERR_NOT_FOUND: another key. */
static enum err
pair(struct arena *arena, const char *text, size_t len, const char *key, const char **ret,
    size_t *ret_size)
{
	const char *blank = memchr(text, ' ', len);
	size_t key_len = blank ? (size_t)(blank - text) : len;

	if (key_len == 0)
		return ERR_BAD_REQUEST;
	if (key_len != strlen(key) || strncmp(text, key, key_len) != 0)
		return ERR_NOT_FOUND;
	size_t value_len = blank ? len - key_len - 1 : 0;
	const char *value = arena_strndup(arena, blank ? blank + 1 : "", value_len);
	char *bytes = arena_alloc(arena, value_len + 1);

	if (bytes_unbase64(value, bytes, value_len, ret_size) != ERR_OK)
		return ERR_BAD_REQUEST;
	*ret = bytes;
	return ERR_OK;
}

static bool
is_printable(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

enum err
tus_metadata(struct arena *arena, const char *header, const char *key, const char **ret,
    size_t *ret_size)
{
	bool found = false;

	if (!header || strlen(header) > METADATA_MAX || !is_printable(header))
		return ERR_BAD_REQUEST;
	for (const char *p = header;;) {
		while (*p == ' ')
			p++;
		size_t len = strcspn(p, ",");
		enum err e = pair(arena, p, len, key, ret, ret_size);

		if (e == ERR_OK && found)
			return ERR_BAD_REQUEST;
		found = found || e == ERR_OK;
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		p += len;
		if (*p++ == '\0')
			break;
	}
	return found ? ERR_OK : ERR_BAD_REQUEST;
}

const char *
tus_new_id(struct arena *arena)
{
	unsigned char bytes[ID_BYTES];

	random_bytes(bytes, sizeof(bytes));
	return bytes_hex(arena, bytes, sizeof(bytes));
}
