#include "fcgi/crypto/keyring_turn.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/base/random.h"
#include "fcgi/crypto/keyring_file.h"
#include "fcgi/crypto/keyring_inside.h"

#define TURNING 0 /* the byte of the lock file that whoever turns the keyring holds */

struct text {
	char bytes[KEYRING_FILE_MAX + 1];
	size_t size;
};

/* The keys of the index as the next file has them. */
struct exchange {
	enum keyring_step step;
	const unsigned char *index, *other;
};

static bool
put(struct text *text, const char *line, size_t size)
{
	if (size > KEYRING_FILE_MAX - text->size)
		return false;
	memcpy(text->bytes + text->size, line, size);
	text->size += size;
	text->bytes[text->size] = '\0';
	return true;
}

static bool
put_key(struct text *text, const char *name, const unsigned char key[KEYRING_KEY_SIZE],
    const char *rest)
{
	char line[KEYRING_LINE_MAX + 32];
	int n = snprintf(line, sizeof(line), "%s ", name);

	for (size_t i = 0; i < KEYRING_KEY_SIZE; i++)
		n += snprintf(line + n, sizeof(line) - (size_t)n, "%02x", key[i]);
	n += snprintf(line + n, sizeof(line) - (size_t)n, "%s\n", rest);
	bool good = put(text, line, (size_t)n);
	OPENSSL_cleanse(line, sizeof(line));
	return good;
}

static bool
is_written_anew(const char *line)
{
	return strncmp(line, "index", 5) == 0 || strncmp(line, "turn ", 5) == 0;
}

/* The lines of keys from first to last; with what is no key (remarks), if wanted. */
static bool
copy_lines(const struct keyring *keyring, int32_t first, int32_t last, bool all, struct text *ret)
{
	char line[KEYRING_FILE_MAX];
	FILE *file = fopen(keyring->path, "re");
	bool good = file != NULL;

	ret->size = 0;
	if (file)
		setvbuf(file, NULL, _IONBF, 0); /* no copy of the keys in a buffer of its own */
	while (good && fgets(line, sizeof(line), file)) {
		bool is_key = line[0] >= '1' && line[0] <= '9';
		long id = is_key ? strtol(line, NULL, 10) : 0;

		if (is_key ? id < first || id > last : !all || is_written_anew(line))
			continue;
		size_t size = strlen(line);
		good = put(ret, line, size) && (line[size - 1] == '\n' || put(ret, "\n", 1));
	}
	if (file && fclose(file))
		good = false;
	OPENSSL_cleanse(line, sizeof(line));
	return good;
}

/* What follows the keys: of which turn the file is, and the keys of the index. */
static bool
put_rest(struct text *text, int32_t turn, const struct exchange *e)
{
	static const char *const others[] = {
		[KEYRING_COMING] = "index-next",
		[KEYRING_LEAVING] = "index-former",
	};
	char line[32];
	int n = snprintf(line, sizeof(line), "turn %d\n", (int)turn);

	return put_key(text, "index", e->index, "") &&
	       (e->step == KEYRING_STILL || put_key(text, others[e->step], e->other, "")) &&
	       put(text, line, (size_t)n);
}

/* A finished file in the place of the old one, of the same owner, in one moment. */
static enum err
replace(struct keyring *keyring, const struct text *text)
{
	char fresh[KEYRING_PATH_MAX + 8];
	struct stat st;

	snprintf(fresh, sizeof(fresh), "%s.new", keyring->path);
	unlink(fresh); /* of a rotation that was killed */
	int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || stat(keyring->path, &st))
		return keyring_refuse(fresh, strerror(errno));
	enum err e = ERR_OK;
	if (fchown(fd, st.st_uid, st.st_gid) || fchmod(fd, st.st_mode & 0770))
		e = keyring_refuse(fresh, strerror(errno));
	if (e == ERR_OK)
		e = keyring_write(fd, fresh, text->bytes);
	close(fd);
	if (e == ERR_OK && (rename(fresh, keyring->path) || !keyring_sync_folder(keyring->path)))
		e = keyring_refuse(keyring->path, strerror(errno));
	if (e != ERR_OK)
		unlink(fresh);
	else
		keyring_look(keyring);
	return e;
}

enum err
keyring_turn_begin(struct keyring *keyring)
{
	if (keyring_lock(keyring->hold, F_WRLCK, TURNING, TURNING)) {
		keyring_look(keyring);
		return ERR_OK;
	}
	if (errno == EACCES || errno == EAGAIN)
		return ERR_CONFLICT;
	return keyring_refuse(keyring->path, "its lock file may not be written by this account");
}

static struct exchange
as_it_is(const struct keyring *keyring)
{
	return (struct exchange){ keyring->step, keyring->index, keyring->other };
}

/* The next file: keys from `first` on, one more line if there is one, and the index. */
static enum err
next_file(struct keyring *keyring, int32_t first, const char *line, const struct exchange *e)
{
	static struct text text;
	bool good = keyring->turn < INT32_MAX &&
		    copy_lines(keyring, first, INT32_MAX, true, &text) &&
		    put(&text, line, strlen(line)) && put_rest(&text, keyring->turn + 1, e);
	enum err done =
	    good ? replace(keyring, &text) : keyring_refuse(keyring->path, "is too long");

	OPENSSL_cleanse(&text, sizeof(text));
	return done;
}

/* Appended to `<file>.retired`: backups made before need them. */
static enum err
put_aside(const struct keyring *keyring, const struct text *text)
{
	char path[KEYRING_PATH_MAX + 16];

	snprintf(path, sizeof(path), "%s.retired", keyring->path);
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return keyring_refuse(path, strerror(errno));
	enum err e = keyring_write(fd, path, text->bytes);
	close(fd);
	return e;
}

enum err
keyring_add(struct keyring *keyring, int64_t now)
{
	static struct text line;
	unsigned char key[KEYRING_KEY_SIZE];
	char id[16], since[32];
	struct exchange same = as_it_is(keyring);

	if (keyring->count == KEYRING_KEYS_MAX || keyring_newest(keyring) == INT32_MAX)
		return keyring_refuse(keyring->path, "too many keys");
	snprintf(id, sizeof(id), "%d", (int)keyring_newest(keyring) + 1);
	snprintf(since, sizeof(since), " %lld", (long long)now);
	random_bytes(key, sizeof(key));
	line.size = 0;
	enum err e = put_key(&line, id, key, since) ? next_file(keyring, 0, line.bytes, &same)
						    : ERR_INTERNAL;
	OPENSSL_cleanse(key, sizeof(key));
	OPENSSL_cleanse(&line, sizeof(line));
	return e;
}

size_t
keyring_count(const struct keyring *keyring)
{
	return keyring->count;
}

int64_t
keyring_newest_since(const struct keyring *keyring)
{
	return keyring->keys[keyring->count - 1].since;
}

enum err
keyring_turn_alone(struct keyring *keyring)
{
	if (keyring_lock(keyring->hold, F_WRLCK, 1, keyring->turn - 1))
		return ERR_OK;
	return ERR_CONFLICT;
}

enum err
keyring_retire(struct keyring *keyring)
{
	static struct text text;
	int32_t newest = keyring_newest(keyring);
	struct exchange same = as_it_is(keyring);
	enum err e = ERR_INTERNAL;

	if (copy_lines(keyring, 0, newest - 1, false, &text))
		e = put_aside(keyring, &text);
	OPENSSL_cleanse(&text, sizeof(text));
	return e == ERR_OK ? next_file(keyring, newest, "", &same) : e;
}

/* ---- the key of the index ---- */

enum keyring_step
keyring_index_step(const struct keyring *keyring)
{
	return keyring->step;
}

enum err
keyring_index_announce(struct keyring *keyring)
{
	unsigned char key[KEYRING_KEY_SIZE];

	random_bytes(key, sizeof(key));
	enum err e =
	    next_file(keyring, 0, "", &(struct exchange){ KEYRING_COMING, keyring->index, key });
	OPENSSL_cleanse(key, sizeof(key));
	return e;
}

enum err
keyring_index_switch(struct keyring *keyring)
{
	return next_file(keyring, 0, "",
	    &(struct exchange){ KEYRING_LEAVING, keyring->other, keyring->index });
}

enum err
keyring_index_retire(struct keyring *keyring)
{
	static struct text text;
	enum err e = ERR_INTERNAL;

	text.size = 0;
	if (put_key(&text, "index-former", keyring->other, ""))
		e = put_aside(keyring, &text);
	OPENSSL_cleanse(&text, sizeof(text));
	if (e != ERR_OK)
		return e;
	return next_file(keyring, 0, "", &(struct exchange){ KEYRING_STILL, keyring->index, NULL });
}
