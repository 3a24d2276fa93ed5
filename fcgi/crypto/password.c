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
struct berth {
	int fd; /* NO_SLOT: none; or there are none, and nothing is bound */
	unsigned char *memory;
};

static const char *folder, *whose;              /* or NULL: no bound */
static unsigned places;                         /* to wait at */
static unsigned char *memories[PASSWORD_SLOTS]; /* of MEMORY each, shared with children; or NULL */
static struct berth held = { NO_SLOT, NULL };   /* by this process, while `has_turn` */
static bool has_turn;

void
password_init(const char *lock_dir, const char *site, unsigned waiters)
{
	size_t size = (size_t)MEMORY * 1024;

	folder = lock_dir;
	whose = site;
	places = waiters;
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
 * The lock of this name and number, or NO_SLOT when another process has it. Opened anew each time:
 * a descriptor inherited over fork() shares its lock with the parent and would bound nothing.
 */
static enum err
lock(const char *name, unsigned number, int *ret_fd)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/password.%s%s.%u.lock", folder, whose, name, number);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		log_line(LOG_ERROR, "password", "file=%s reason=\"%s\"", path, strerror(errno));
		return ERR_INTERNAL;
	}
	*ret_fd = fd;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return ERR_OK;
	close(fd);
	*ret_fd = NO_SLOT;
	return ERR_OK;
}

/* The first of so many that is free: *ret is its number. */
static enum err
lock_any(const char *name, unsigned count, int *ret_fd, unsigned *ret)
{
	*ret_fd = NO_SLOT;
	for (*ret = 0; *ret < count; (*ret)++) {
		TRY(lock(name, *ret, ret_fd));
		if (*ret_fd != NO_SLOT)
			break;
	}
	return ERR_OK;
}

static enum err
try_slots(struct berth *ret)
{
	unsigned number;

	TRY(lock_any("", PASSWORD_SLOTS, &ret->fd, &number));
	ret->memory = ret->fd == NO_SLOT ? NULL : memories[number];
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
wait_for_slot(struct berth *ret)
{
	int64_t end = milliseconds() + PASSWORD_WAIT;

	do {
		struct timespec pause = { 0, (long)(2 + random_below(6)) * 1000000 };

		nanosleep(&pause, NULL);
		TRY(try_slots(ret));
	} while (ret->fd == NO_SLOT && milliseconds() < end);
	return ret->fd == NO_SLOT ? ERR_BUSY : ERR_OK;
}

static enum err
take_slot(struct berth *ret)
{
	unsigned number;
	int place;

	TRY(try_slots(ret));
	if (ret->fd != NO_SLOT)
		return ERR_OK;
	TRY(lock_any(".wait", places, &place, &number));
	if (place == NO_SLOT)
		return ERR_BUSY;
	enum err e = wait_for_slot(ret);
	close(place);
	return e;
}

enum err
password_turn_begin(struct password_turn *turn)
{
	if (has_turn)
		return ERR_OK;
	if (folder)
		TRY(take_slot(&held));
	turn->mine = has_turn = true;
	return ERR_OK;
}

void
password_turn_end(struct password_turn *turn)
{
	if (!turn->mine)
		return;
	if (held.fd != NO_SLOT)
		close(held.fd);
	held = (struct berth){ NO_SLOT, NULL };
	turn->mine = has_turn = false;
}

static int
lend(uint8_t **ret, size_t size)
{
	*ret = held.memory;
	return size <= (size_t)MEMORY * 1024 ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}

/* It was wiped before: FLAG_clear_internal_memory. */
static void
take_back(uint8_t *memory, size_t size)
{
	(void)memory;
	(void)size;
}

/* The work itself. An ARGON2_ code. */
static int
compute(const char *text, unsigned char salt[SALT_SIZE], unsigned char ret[HASH_SIZE])
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

	if (held.memory) {
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

	PASSWORD_TURN(turn);
	random_bytes(salt, sizeof(salt));
	int code = compute(text, salt, hash);
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

	if (strlen(encoded) != strlen(PARAMETERS) + SALT_DIGITS + 1 + HASH_DIGITS ||
	    strncmp(encoded, PARAMETERS, strlen(PARAMETERS)) != 0 ||
	    !part(at, SALT_DIGITS, salt, sizeof(salt)) || at[SALT_DIGITS] != '$' ||
	    !part(at + SALT_DIGITS + 1, HASH_DIGITS, hash, sizeof(hash)))
		return failed("verify", ARGON2_DECODING_FAIL);
	PASSWORD_TURN(turn);
	int code = compute(text, salt, found);
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
