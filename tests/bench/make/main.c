/* Writes the rows of one table to standard output: see tests/bench/make_applications. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/keyring.h"
#include "fcgi/crypto/password.h"
#include "handlers/site/settings.h"
#include "tests/bench/make/rows.h"

#define WORLD_ARENA ((size_t)256 << 20)
#define ROW_ARENA ((size_t)16 << 20)
#define DAY INT64_C(86400)

/* In the order they are to be loaded. */
const struct table_rows table_rows[] = {
	{ "staff", COLUMNS_STAFF, NULL, NULL, NULL, row_staff },
	{ "institution", COLUMNS_INSTITUTION, NULL, NULL, row_institution, NULL },
	{ "unit", COLUMNS_UNIT, NULL, row_unit, NULL, NULL },
	{ "operator", COLUMNS_OPERATOR, NULL, row_operator, NULL, NULL },
	{ "unit_operator", COLUMNS_BINDING, NULL, row_binding, NULL, NULL },
	{ "unit_grant", COLUMNS_GRANT, NULL, row_grant, NULL, NULL },
	{ "upload", COLUMNS_UPLOAD, NULL, row_upload, NULL, NULL },
	{ "application", COLUMNS_APPLICATION, row_application, NULL, NULL, NULL },
	{ "application_event", COLUMNS_EVENT, NULL, NULL, NULL, row_events },
	{ "application_round", COLUMNS_ROUND, row_round, NULL, NULL, NULL },
	{ "application_file", COLUMNS_FILE, row_file, NULL, NULL, NULL },
	{ "application_round_file", COLUMNS_ROUND_FILE, row_round_file, NULL, NULL, NULL },
	{ "credential", COLUMNS_CREDENTIAL, row_credential, NULL, NULL, NULL },
	{ "sheet", COLUMNS_SHEET, row_sheet, NULL, NULL, NULL },
	{ "audit", COLUMNS_AUDIT, row_audit, NULL, NULL, NULL },
	{ "statistic", COLUMNS_STATISTIC, NULL, NULL, NULL, row_statistics },
	{ "audit_head", COLUMNS_AUDIT_HEAD, NULL, NULL, NULL, row_audit_head },
};
const size_t table_rows_count = COUNT(table_rows);

static void
write_lives(struct out *o, const struct table_rows *t)
{
	struct lives lives;
	struct life life;

	lives_begin(&lives, o->w);
	while (lives_next(&lives, &life)) {
		t->life(o, &life);
		arena_reset(o->q->arena);
	}
	lives_end(&lives);
}

static void
write_rows(struct out *o, const struct table_rows *t)
{
	if (t->life)
		write_lives(o, t);
	for (uint32_t unit = 0; t->unit && unit < o->w->nunits; unit++) {
		t->unit(o, unit);
		arena_reset(o->q->arena);
	}
	for (uint32_t i = 0; t->institution && i < o->w->ninstitutions; i++) {
		t->institution(o, i);
		arena_reset(o->q->arena);
	}
	if (t->once)
		t->once(o);
}

static const struct table_rows *
find(const char *name)
{
	for (size_t i = 0; i < table_rows_count; i++)
		if (strcmp(table_rows[i].table, name) == 0)
			return &table_rows[i];
	return NULL;
}

static int
list_tables(void)
{
	for (size_t i = 0; i < table_rows_count; i++)
		printf("%s\t%s\n", table_rows[i].table, table_rows[i].columns);
	return EXIT_SUCCESS;
}

static const char *
option(int argc, char *argv[], const char *name, const char *fallback)
{
	for (int i = 1; i + 1 < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return argv[i + 1];
	return fallback;
}

/* The password is hashed once, by whoever runs us: `--hash` prints it. */
static int
print_hash(const char *password)
{
	struct arena *arena = arena_new(ROW_ARENA);
	char *hash;
	enum err e = password_hash(arena, password, &hash);

	if (e == ERR_OK)
		puts(hash);
	arena_free(arena);
	return e == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
run(const struct table_rows *t, struct world *w, const char *password)
{
	static struct config config;
	static struct sql_settings settings;
	struct req q = { .config = &config, .arena = arena_new(WORLD_ARENA) };
	static char buffer[1 << 20];

	if (settings_read(&config) != ERR_OK ||
	    keyring_open(config.keyring, &q.keyring) != ERR_OK ||
	    keyring_open(site_settings.vault, &q.vault) != ERR_OK)
		return EXIT_FAILURE;
	settings = (struct sql_settings){ site_settings.db_socket, site_settings.db_user,
		site_settings.db_password, site_settings.db_name, 0 };
	q.db = sql_new(&settings);
	if (world_make(&q, w) != ERR_OK) {
		fputs("regions, bureaus and channels cannot be read\n", stderr);
		return EXIT_FAILURE;
	}
	q.arena = arena_new(ROW_ARENA); /* the world keeps the other */
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	struct out o = { stdout, &q, w, password };
	write_rows(&o, t);
	return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char *argv[])
{
	const char *name = option(argc, argv, "--table", ""),
		   *hash = option(argc, argv, "--hash", NULL);
	struct world w = {
		.applications = strtoll(option(argc, argv, "--applications", "5000000"), NULL, 10),
		.seed = strtoull(option(argc, argv, "--seed", "1"), NULL, 10),
		.now = strtoll(option(argc, argv, "--now", "0"), NULL, 10),
		.days = (int)strtol(option(argc, argv, "--days", "1096"), NULL, 10),
		.material = (unsigned)strtoul(option(argc, argv, "--material", "100"), NULL, 10),
		.crowd = (unsigned)strtoul(option(argc, argv, "--crowd", "0"), NULL, 10),
	};
	const struct table_rows *t = find(name);

	if (hash)
		return print_hash(hash);
	if (argc == 2 && strcmp(argv[1], "--tables") == 0)
		return list_tables();
	if (!t || w.applications < 1 || w.applications > 20000000 || w.material > 100 ||
	    w.crowd > 100 || w.now < 1) {
		fputs("usage: make_rows --tables | --hash PASSWORD | --table NAME --applications N"
		      " --now SECONDS [--seed N] [--days N] [--material PERCENT] [--crowd PERCENT] "
		      "--password HASH\n",
		    stderr);
		return EXIT_FAILURE;
	}
	return run(t, &w, option(argc, argv, "--password", ""));
}
