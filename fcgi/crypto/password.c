#include "fcgi/crypto/password.h"

#include <argon2.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"
#include "fcgi/base/random.h"

#define MEMORY ((uint32_t)46 * 1024) /* KiB */
#define PASSES 1
#define LANES 1
#define SALT_SIZE 16
#define HASH_SIZE 32
#define SALT_DIGITS 22 /* base64 without padding */
#define HASH_DIGITS 43
#define RANDOM_LENGTH 12
/* What all hashes of ours begin with. */
#define PARAMETERS "$argon2id$v=19$m=47104,t=1,p=1$"
_Static_assert(MEMORY == 47104 && PASSES == 1 && LANES == 1, "as PARAMETERS says");

#define NO_SLOT (-1)

/* One that was taken: its lock, and where it computes. */
struct slot {
	int fd; /* NO_SLOT: none; or there are none, and nothing is bound */
	unsigned char *memory;
};

static const char *folder, *whose;              /* or NULL: no bound */
static unsigned char *memories[PASSWORD_SLOTS]; /* of MEMORY each, shared with children; or NULL */
static unsigned char *at_work; /* of the slot this process has: callbacks are told nothing else */

void
password_init(const char *lock_dir, const char *site)
{
	size_t size = (size_t)MEMORY * 1024;

	folder = lock_dir;
	whose = site;
	for (unsigned i = 0; i < PASSWORD_SLOTS; i++) {
		if (memories[i])
			munmap(memories[i], size);
		memories[i] = NULL;
		void *mapped = !lock_dir ? MAP_FAILED
					 : mmap(NULL, size, PROT_READ | PROT_WRITE,
					       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (mapped == MAP_FAILED)
			continue; /* made anew each time, then */
		madvise(mapped, size, MADV_DONTDUMP);
		memories[i] = mapped;
	}
}

/*
 * A free slot, or NO_SLOT. Opened anew each time: a descriptor inherited over
 * fork() shares its lock with the parent and would bound nothing.
 */
static enum err
try_slots(struct slot *ret)
{
	for (unsigned i = 0; i < PASSWORD_SLOTS; i++) {
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "%s/password.%s.%u.lock", folder, whose, i);
		int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd < 0) {
			log_line(LOG_ERROR, "password", "file=%s reason=\"%s\"", path,
			    strerror(errno));
			return ERR_INTERNAL;
		}
		if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
			*ret = (struct slot){ fd, memories[i] };
			return ERR_OK;
		}
		close(fd);
	}
	*ret = (struct slot){ NO_SLOT, NULL };
	return ERR_OK;
}

static int64_t
milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Asks again every few milliseconds: waiting on one lock would miss the other. */
static enum err
slot_take(struct slot *ret)
{
	int64_t end = milliseconds() + PASSWORD_WAIT;

	*ret = (struct slot){ NO_SLOT, NULL };
	if (!folder)
		return ERR_OK;
	for (;;) {
		struct timespec pause = { 0, (long)(2 + random_below(6)) * 1000000 };

		TRY(try_slots(ret));
		if (ret->fd != NO_SLOT)
			return ERR_OK;
		if (milliseconds() >= end)
			return ERR_BUSY;
		nanosleep(&pause, NULL);
	}
}

static void
slot_give(struct slot *slot)
{
	if (slot->fd >= 0)
		close(slot->fd);
}

static int
lend(uint8_t **ret, size_t size)
{
	*ret = at_work;
	return size <= (size_t)MEMORY * 1024 ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}

/* It was wiped before: FLAG_clear_internal_memory, tests/unit/test_password.c. */
static void
take_back(uint8_t *memory, size_t size)
{
	(void)memory;
	(void)size;
}

/* The work itself. An ARGON2_ code. */
static int
compute(struct slot *slot, const char *text, unsigned char salt[SALT_SIZE],
    unsigned char ret[HASH_SIZE])
{
	argon2_context context = { .out = ret,
		.outlen = HASH_SIZE,
		.pwd = (uint8_t *)(uintptr_t)text,
		.pwdlen = (uint32_t)strlen(text),
		.salt = salt,
		.saltlen = SALT_SIZE,
		.t_cost = PASSES,
		.m_cost = MEMORY,
		.lanes = LANES,
		.threads = LANES,
		.version = ARGON2_VERSION_13,
		.flags = ARGON2_DEFAULT_FLAGS };

	at_work = slot->memory;
	if (at_work) {
		context.allocate_cbk = lend;
		context.free_cbk = take_back;
	}
	return argon2_ctx(&context, Argon2_id);
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
	unsigned char salt[SALT_SIZE], hash[HASH_SIZE];
	struct slot slot;

	TRY(slot_take(&slot));
	random_bytes(salt, sizeof(salt));
	int code = compute(&slot, text, salt, hash);
	slot_give(&slot);
	if (code != ARGON2_OK)
		return failed("hash", code);
	*ret_encoded = arena_printf(arena, PARAMETERS "%.*s$%.*s", SALT_DIGITS,
	    bytes_base64(arena, salt, sizeof(salt)), HASH_DIGITS,
	    bytes_base64(arena, hash, sizeof(hash)));
	return ERR_OK;
}

/* The one part of `text` that has so many digits of base64, as exactly so many bytes. */
static bool
part(const char *text, int digits, unsigned char *out, size_t bytes)
{
	char padded[48];
	size_t size;

	snprintf(padded, sizeof(padded), "%.*s%s", digits, text, digits % 4 == 2 ? "==" : "=");
	return bytes_unbase64(padded, out, bytes, &size) == ERR_OK && size == bytes;
}

enum err
password_verify(const char *encoded, const char *text, bool *ret_match)
{
	unsigned char salt[SALT_SIZE], hash[HASH_SIZE], found[HASH_SIZE];
	const char *at = encoded + strlen(PARAMETERS);
	struct slot slot;

	if (strlen(encoded) != strlen(PARAMETERS) + SALT_DIGITS + 1 + HASH_DIGITS ||
	    strncmp(encoded, PARAMETERS, strlen(PARAMETERS)) != 0 ||
	    !part(at, SALT_DIGITS, salt, sizeof(salt)) || at[SALT_DIGITS] != '$' ||
	    !part(at + SALT_DIGITS + 1, HASH_DIGITS, hash, sizeof(hash)))
		return failed("verify", ARGON2_DECODING_FAIL);
	TRY(slot_take(&slot));
	int code = compute(&slot, text, salt, found);
	slot_give(&slot);
	if (code != ARGON2_OK)
		return failed("verify", code);
	*ret_match = bytes_equal(found, hash, sizeof(hash));
	return ERR_OK;
}

enum err
password_dummy_verify(const char *text)
{
	/* Salt and hash of nothing in particular, in the parameters of the real ones. */
	static const char encoded[] = PARAMETERS "bm8gc3VjaCBhY2NvdW50AA"
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
