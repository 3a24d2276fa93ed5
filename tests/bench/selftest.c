/*
 * Processor time of a diagnosis: of each line of standard input, an envelope made with the keys of the file
 * that is named. Prints a table; see tests/bench/selftest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "handlers/selftest/diagnose.h"
#include "handlers/selftest/keys_read.h"

#define LINES_MAX 20000
#define ROWS 3

static struct row {
	const char *what;
	double ms[LINES_MAX];
	size_t count;
} rows[ROWS] = { { .what = "right" }, { .what = "named" }, { .what = "undetermined" } };

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* so that neighbours do not count */
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
by_size(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return one < other ? -1 : one > other;
}

static bool
read_keys(struct arena *arena, const char *path, struct selftest_keys *ret)
{
	FILE *file = fopen(path, "re");
	char *text = arena_alloc(arena, SELFTEST_MAX);
	size_t size = file ? fread(text, 1, SELFTEST_MAX, file) : 0;
	enum mistake mistake;

	if (file)
		fclose(file);
	return selftest_keys_read(arena, text, size, ret, &mistake) == ERR_OK;
}

static void
take(const struct selftest_keys *keys, const char *line)
{
	struct arena *arena = arena_new((size_t)12 << 20);
	struct diagnosis d;
	double from = now();

	diagnose(arena, keys, NULL, line, strlen(line), time(NULL), false, &d);
	double ms = now() - from;
	struct row *row = &rows[d.ok ? 0 : diagnosis_determined(&d) ? 1 : 2];
	if (row->count < LINES_MAX)
		row->ms[row->count++] = ms;
	arena_free(arena);
}

int
main(int argc, char *argv[])
{
	struct arena *arena = arena_new((size_t)1 << 20);
	struct selftest_keys keys;
	static char line[SELFTEST_MAX + 2];

	if (argc != 2 || !read_keys(arena, argv[1], &keys)) {
		fputs("usage: bench_selftest KEYS.json < envelopes, one a line\n", stderr);
		return 2;
	}
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		take(&keys, line);
	}
	puts("| diagnosis | number | p50 ms | p99 ms | longest ms |\n|---|---|---|---|---|");
	for (size_t i = 0; i < ROWS; i++) {
		struct row *row = &rows[i];

		qsort(row->ms, row->count, sizeof(row->ms[0]), by_size);
		if (row->count)
			printf("| %s | %zu | %.1f | %.1f | %.1f |\n", row->what, row->count,
			    row->ms[row->count / 2], row->ms[row->count * 99 / 100],
			    row->ms[row->count - 1]);
	}
	arena_free(arena);
	return 0;
}
