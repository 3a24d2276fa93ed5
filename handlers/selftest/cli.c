#include "handlers/selftest/cli.h"

#include <stdio.h>
#include <string.h>

#include "handlers/selftest/diagnose.h"
#include "handlers/selftest/diagnosis_answer.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/keys_read.h"

#define ARENA_SIZE ((size_t)12 << 20)

/* All of it, up to `max` bytes; -1 when it cannot be read or is longer. */
static ssize_t
slurp(FILE *from, char *to, size_t max)
{
	size_t size = fread(to, 1, max, from);

	return ferror(from) || !feof(from) ? -1 : (ssize_t)size;
}

/* As people read it, or as the page gets it, byte for byte. */
static int
print(const struct req *q, const struct diagnosis_answer *answer, bool masked)
{
	const char *text = answer_text(q, &diagnosis_answer, answer);

	if (masked) {
		fputs(text ? text : "", stdout);
	} else {
		json_auto_t *all = text ? json_loads(text, 0, NULL) : NULL;

		json_dumpf(all, stdout, JSON_INDENT(1));
	}
	if (!text || putchar('\n') < 0)
		return 2;
	return answer->ok ? 0 : 1;
}

static bool
read_keys(struct req *q, FILE *file, struct selftest_keys *keys, enum mistake *mistake)
{
	char *text = arena_alloc(q->arena, SELFTEST_MAX + 1);
	ssize_t size = slurp(file, text, SELFTEST_MAX + 1);

	*mistake = MISTAKE_KEYS_UNREADABLE;
	return size >= 0 &&
	       selftest_keys_read(q->arena, text, (size_t)size, keys, mistake) == ERR_OK;
}

static int
check(struct req *q, FILE *keys_file, bool masked)
{
	struct diagnosis d = { .step = STEP_KEYS, .count = 1 };
	struct diagnosis_answer shown;
	struct selftest_keys keys;
	char *envelope = arena_alloc(q->arena, SELFTEST_MAX + 1);
	bool keyed = read_keys(q, keys_file, &keys, &d.mistakes[0]);
	ssize_t size = slurp(stdin, envelope, SELFTEST_MAX + 1);

	if (size < 0) {
		fprintf(stderr, "selftest check: standard input: more than %zu bytes\n",
		    SELFTEST_MAX);
		return 2;
	}
	if (!keyed) {
		diagnosis_show(q->arena, &d, &shown);
		return print(q, &shown, masked);
	}
	/* what is tried needs more memory than a request */
	struct arena *arena = arena_new(ARENA_SIZE);
	diagnose(arena, &keys, NULL, envelope, (size_t)size, q->now, &d);
	if (masked)
		diagnosis_show_masked(arena, &d, &keys, NULL, &shown);
	else
		diagnosis_show(arena, &d, &shown);
	int status = print(q, &shown, masked);
	arena_free(arena);
	return status;
}

/* Calls `one` with each line of standard input, until it answers false. */
static int
each_line(const struct selftest_keys *keys, int64_t now,
    bool (
	*one)(struct arena *arena, const struct selftest_keys *keys, const char *line, int64_t now))
{
	struct arena *arena = arena_new(ARENA_SIZE);
	char line[SELFTEST_MAX + 2];
	bool good = true;

	while (good && fgets(line, sizeof(line), stdin)) {
		good = one(arena, keys, line, now);
		arena_reset(arena);
	}
	arena_free(arena);
	return good ? 0 : 1;
}

/* Its diagnosis on a line. A mistake is no reason to stop. */
static bool
check_line(struct arena *arena, const struct selftest_keys *keys, const char *line, int64_t now)
{
	const struct req nobody = { .arena = arena };
	struct diagnosis_answer shown;
	struct diagnosis d;

	diagnose(arena, keys, NULL, line, strcspn(line, "\n"), now, &d);
	diagnosis_show(arena, &d, &shown);
	const char *text = answer_text(&nobody, &diagnosis_answer, &shown);
	return text && fputs(text, stdout) >= 0 && putchar('\n') >= 0;
}

static int
check_lines(struct req *q, FILE *keys_file)
{
	struct selftest_keys keys;
	enum mistake mistake;

	if (read_keys(q, keys_file, &keys, &mistake))
		return each_line(&keys, q->now, check_line);
	fputs("selftest check: the keys cannot be read\n", stderr);
	return 2;
}

/* What a channel with these keys would send. */
static bool
seal_line(struct arena *arena, const struct selftest_keys *keys, const char *line, int64_t now)
{
	struct envelope_keys own = { .app_id = keys->app_id, .app_secret = keys->app_secret };
	const char *envelope;

	memcpy(own.own_private, keys->channel_private, sizeof(own.own_private));
	enum err e = envelope_seal(arena, &own, line,
	    arena_printf(arena, "%lld000", (long long)now), NULL, &envelope);
	explicit_bzero(&own, sizeof(own));
	if (e == ERR_OK)
		return puts(envelope) >= 0;
	fputs("selftest seal: a line is no JSON object\n", stderr);
	return false;
}

static int
seal(struct req *q, FILE *keys_file)
{
	struct selftest_keys keys;
	enum mistake mistake;

	if (read_keys(q, keys_file, &keys, &mistake) && keys.has_private)
		return each_line(&keys, q->now, seal_line);
	fputs("selftest seal: the keys cannot be read\n", stderr);
	return 2;
}

int
selftest_cli(struct req *q, int argc, char *argv[])
{
	bool seals = argc > 0 && strcmp(argv[0], "seal") == 0;
	bool lines = argc == 4 && !seals && strcmp(argv[3], "--lines") == 0;
	bool masked = argc == 4 && !seals && strcmp(argv[3], "--masked") == 0;

	if ((argc != 3 && !lines && !masked) || (!seals && strcmp(argv[0], "check") != 0) ||
	    strcmp(argv[1], "--keys") != 0) {
		fputs("usage: portal selftest check --keys KEYS.json [--lines | --masked] < "
		      "envelope.json\n"
		      "       portal selftest seal --keys KEYS.json < data, one object per line\n",
		    stderr);
		return 2;
	}
	FILE *keys = fopen(argv[2], "re");
	if (!keys) {
		perror(argv[2]);
		return 2;
	}
	int status = seals ? seal(q, keys) : lines ? check_lines(q, keys) : check(q, keys, masked);
	fclose(keys);
	return status;
}
