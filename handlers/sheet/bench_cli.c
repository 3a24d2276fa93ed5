#include "handlers/sheet/bench_cli.h"

#include <stdio.h>
#include <string.h>

#include "handlers/sheet/diagnose.h"
#include "handlers/sheet/envelope.h"

/* All of it, up to `max` bytes; -1 when it cannot be read or is longer. */
static ssize_t
slurp(FILE *from, char *to, size_t max)
{
	size_t size = fread(to, 1, max, from);

	return ferror(from) || !feof(from) ? -1 : (ssize_t)size;
}

static int
print(json_t *all, bool ok)
{
	int bad = json_dumpf(all, stdout, JSON_INDENT(1));

	json_decref(all);
	if (bad || putchar('\n') < 0)
		return 2;
	return ok ? 0 : 1;
}

static int
check(struct req *q, FILE *keys_file)
{
	struct diagnosis d = { .step = STEP_KEYS, .count = 1 };
	struct bench_keys keys;
	char *text = arena_alloc(q->arena, BENCH_MAX + 1);
	char *envelope = arena_alloc(q->arena, BENCH_MAX + 1);
	ssize_t keys_size = slurp(keys_file, text, BENCH_MAX + 1);
	ssize_t size = slurp(stdin, envelope, BENCH_MAX + 1);

	if (size < 0) {
		fprintf(stderr, "bench check: standard input: more than %zu bytes\n", BENCH_MAX);
		return 2;
	}
	if (keys_size < 0 ||
	    bench_keys_read(q->arena, text, (size_t)keys_size, &keys, &d.mistakes[0]) != ERR_OK)
		return print(diagnosis_json(q->arena, &d), false);
	diagnose(q->arena, &keys, NULL, envelope, (size_t)size, q->now, &d);
	return print(diagnosis_json(q->arena, &d), d.ok);
}

/* One envelope per line of data: what a channel with these keys would send. */
static int
seal(struct req *q, FILE *keys_file)
{
	struct envelope_keys own = { 0 };
	struct bench_keys keys;
	enum mistake mistake;
	char *text = arena_alloc(q->arena, BENCH_MAX + 1), line[BENCH_MAX + 2];
	ssize_t keys_size = slurp(keys_file, text, BENCH_MAX + 1);

	if (keys_size < 0 ||
	    bench_keys_read(q->arena, text, (size_t)keys_size, &keys, &mistake) != ERR_OK ||
	    !keys.has_private) {
		fputs("bench seal: the keys cannot be read\n", stderr);
		return 2;
	}
	own.app_id = keys.app_id;
	own.app_secret = keys.app_secret;
	memcpy(own.own_private, keys.channel_private, sizeof(own.own_private));
	struct arena *each = arena_new((size_t)1 << 20);
	while (fgets(line, sizeof(line), stdin)) {
		const char *envelope;

		if (envelope_seal(each, &own, line,
			arena_printf(each, "%lld000", (long long)q->now), &envelope) != ERR_OK) {
			fputs("bench seal: a line is no JSON object\n", stderr);
			arena_free(each);
			return 1;
		}
		puts(envelope);
		arena_reset(each);
	}
	arena_free(each);
	return 0;
}

int
bench_cli(struct req *q, int argc, char *argv[])
{
	bool seals = argc > 0 && strcmp(argv[0], "seal") == 0;

	if (argc != 3 || (!seals && strcmp(argv[0], "check") != 0) ||
	    strcmp(argv[1], "--keys") != 0) {
		fputs("usage: portal bench check --keys KEYS.json < envelope.json\n"
		      "       portal bench seal --keys KEYS.json < data, one object per line\n",
		    stderr);
		return 2;
	}
	FILE *keys = fopen(argv[2], "re");
	if (!keys) {
		perror(argv[2]);
		return 2;
	}
	int status = seals ? seal(q, keys) : check(q, keys);
	fclose(keys);
	return status;
}
