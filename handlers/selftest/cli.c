#include "handlers/selftest/cli.h"

#include <stdio.h>
#include <stdlib.h>
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

/* How it is asked for. */
struct options {
	bool seals, lines, masked, strict;
};

static int
check(struct req *q, FILE *keys_file, const struct options *o)
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
		return print(q, &shown, o->masked);
	}
	/* what is tried needs more memory than a request */
	struct arena *arena = arena_new(ARENA_SIZE);
	diagnose(arena, &keys, NULL, envelope, (size_t)size, q->now, o->strict, &d);
	if (o->masked)
		diagnosis_show_masked(arena, &d, &keys, NULL, &shown);
	else
		diagnosis_show(arena, &d, &shown);
	int status = print(q, &shown, o->masked);
	arena_free(arena);
	return status;
}

/* Calls `one` with each line of standard input, NULL for one too long, until it answers false. */
struct lines {
	const struct selftest_keys *keys;
	int64_t now;
	bool strict;
};
static int
each_line(const struct lines *lines,
    bool (*one)(struct arena *arena, const struct lines *lines, const char *line))
{
	struct arena *arena = arena_new(ARENA_SIZE);
	char *line = NULL;
	size_t cap = 0;
	ssize_t size;
	bool good = true;

	while (good && (size = getline(&line, &cap, stdin)) >= 0) {
		line[strcspn(line, "\n")] = '\0';
		good = one(arena, lines, size > (ssize_t)SELFTEST_MAX + 1 ? NULL : line);
		arena_reset(arena);
	}
	free(line);
	arena_free(arena);
	return good ? 0 : 1;
}

/* Its diagnosis on a line. A mistake is no reason to stop. */
static bool
check_line(struct arena *arena, const struct lines *lines, const char *line)
{
	const struct req nobody = { .arena = arena };
	struct diagnosis_answer shown;
	struct diagnosis d;

	if (line)
		diagnose(arena, lines->keys, NULL, line, strlen(line), lines->now, lines->strict,
		    &d);
	else
		diagnose_too_large(&d);
	diagnosis_show(arena, &d, &shown);
	const char *text = answer_text(&nobody, &diagnosis_answer, &shown);
	return text && fputs(text, stdout) >= 0 && putchar('\n') >= 0;
}

static int
check_lines(struct req *q, FILE *keys_file, const struct options *o)
{
	struct selftest_keys keys;
	enum mistake mistake;

	if (read_keys(q, keys_file, &keys, &mistake))
		return each_line(&(struct lines){ &keys, q->now, o->strict }, check_line);
	fputs("selftest check: the keys cannot be read\n", stderr);
	return 2;
}

/* What a channel with these keys would send. */
static bool
seal_line(struct arena *arena, const struct lines *lines, const char *line)
{
	const struct selftest_keys *keys = lines->keys;
	struct envelope_keys own = { .app_id = keys->app_id, .app_secret = keys->app_secret };
	const char *envelope;

	memcpy(own.own_private, keys->channel_private, sizeof(own.own_private));
	enum err e =
	    !line ? ERR_INVALID
		  : envelope_seal(arena, &own, line,
			arena_printf(arena, "%lld000", (long long)lines->now), NULL, &envelope);
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
		return each_line(&(struct lines){ &keys, q->now, false }, seal_line);
	fputs("selftest seal: the keys cannot be read\n", stderr);
	return 2;
}

static bool
read_options(int argc, char *argv[], struct options *ret)
{
	*ret = (struct options){ .seals = argc > 0 && strcmp(argv[0], "seal") == 0 };
	if (argc < 3 || strcmp(argv[1], "--keys") != 0 ||
	    (!ret->seals && strcmp(argv[0], "check") != 0))
		return false;
	for (int i = 3; i < argc; i++) {
		ret->lines |= strcmp(argv[i], "--lines") == 0;
		ret->masked |= strcmp(argv[i], "--masked") == 0;
		ret->strict |= strcmp(argv[i], "--strict") == 0;
	}
	/* each of them is one word, so that none was anything else */
	return argc == 3 + ret->lines + ret->masked + ret->strict &&
	       !(ret->seals ? argc > 3 : ret->lines && ret->masked);
}

int
selftest_cli(struct req *q, int argc, char *argv[])
{
	struct options o;

	if (!read_options(argc, argv, &o)) {
		fputs(
		    "usage: portal selftest check --keys KEYS.json [--lines | --masked] [--strict] < "
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
	int status = o.seals   ? seal(q, keys)
		     : o.lines ? check_lines(q, keys, &o)
			       : check(q, keys, &o);
	fclose(keys);
	return status;
}
