#include "fcgi/crypto/password.h"

#include <argon2.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "fcgi/base/log.h"
#include "fcgi/base/random.h"

#define MEMORY ((uint32_t)46 * 1024) /* KiB */
#define PASSES 1
#define LANES 1
#define SALT_SIZE 16
#define HASH_SIZE 32
#define RANDOM_LENGTH 12

#define NO_SLOT (-1)
#define UNBOUNDED (-2)

static const char *slots; /* folder, or NULL */

void
password_init(const char *lock_dir)
{
	slots = lock_dir;
}

/*
 * A free slot, or NO_SLOT. Opened anew each time: a descriptor inherited over
 * fork() shares its lock with the parent and would bound nothing.
 */
static enum err
try_slots(int *ret_fd)
{
	for (unsigned i = 0; i < PASSWORD_SLOTS; i++) {
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "%s/password.%u.lock", slots, i);
		int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd < 0) {
			log_line(LOG_ERROR, "password", "file=%s reason=\"%s\"", path,
			    strerror(errno));
			return ERR_INTERNAL;
		}
		if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
			*ret_fd = fd;
			return ERR_OK;
		}
		close(fd);
	}
	*ret_fd = NO_SLOT;
	return ERR_OK;
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Asks again every few milliseconds: waiting on one lock would miss the other. */
static enum err
slot_take(int *ret_fd)
{
	double end = seconds() + PASSWORD_WAIT;

	*ret_fd = UNBOUNDED;
	if (!slots)
		return ERR_OK;
	for (;;) {
		struct timespec pause = { 0, (long)(2 + random_below(6)) * 1000000 };

		TRY(try_slots(ret_fd));
		if (*ret_fd != NO_SLOT)
			return ERR_OK;
		if (seconds() >= end)
			return ERR_UNAVAILABLE;
		nanosleep(&pause, NULL);
	}
}

static void
slot_give(int fd)
{
	if (fd >= 0)
		close(fd);
}

static enum err
failed(const char *what, int code)
{
	log_line(LOG_ERROR, "password", "step=%s reason=\"%s\"", what, argon2_error_message(code));
	return ERR_INTERNAL;
}

enum err
password_hash(struct arena *arena, const char *text, char **ret_encoded)
{
	unsigned char salt[SALT_SIZE];
	size_t size = argon2_encodedlen(PASSES, MEMORY, LANES, SALT_SIZE, HASH_SIZE, Argon2_id);
	char *encoded = arena_alloc(arena, size);
	int fd;

	TRY(slot_take(&fd));
	random_bytes(salt, sizeof(salt));
	int code = argon2id_hash_encoded(PASSES, MEMORY, LANES, text, strlen(text), salt,
	    sizeof(salt), HASH_SIZE, encoded, size);
	slot_give(fd);
	if (code != ARGON2_OK)
		return failed("hash", code);
	*ret_encoded = encoded;
	return ERR_OK;
}

enum err
password_verify(const char *encoded, const char *text, bool *ret_match)
{
	int fd;

	TRY(slot_take(&fd));
	int code = argon2id_verify(encoded, text, strlen(text));
	slot_give(fd);
	if (code != ARGON2_OK && code != ARGON2_VERIFY_MISMATCH)
		return failed("verify", code);
	*ret_match = code == ARGON2_OK;
	return ERR_OK;
}

enum err
password_dummy_verify(const char *text)
{
	/* Salt and hash of nothing in particular, in the parameters of the real ones. */
	static const char encoded[] = "$argon2id$v=19$m=47104,t=1,p=1$bm8gc3VjaCBhY2NvdW50"
				      "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	bool match;

	return password_verify(encoded, text, &match);
}

char *
password_random(struct arena *arena)
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
	static const char digits[] = "23456789";
	static const size_t nletters = sizeof(letters) - 1, ndigits = sizeof(digits) - 1;
	char *text = arena_alloc(arena, RANDOM_LENGTH + 1);
	size_t found;

	do { /* drawn whole until both kinds are in it, so every such password is as likely */
		found = 0;
		for (size_t i = 0; i < RANDOM_LENGTH; i++) {
			size_t pick = random_below((uint32_t)(nletters + ndigits));
			bool letter = pick < nletters;

			found |= letter ? 1 : 2;
			text[i] = letter ? letters[pick] : digits[pick - nletters];
		}
	} while (found != 3);
	return text;
}
