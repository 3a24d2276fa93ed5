#include "handlers/site/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/config.h"
#include "fcgi/paper/pdf.h"
#include "handlers/admin/admin.h"
#include "handlers/jobs/loop.h"
#include "handlers/selftest/cli.h"
#include "handlers/sheet/document.h"
#include "handlers/sheet/verify.h"
#include "handlers/site/dictionaries.h"
#include "handlers/site/export_tables.h"
#include "handlers/site/openapi.h"
#include "handlers/site/routes.h"
#include "handlers/site/settings.h"
#include "handlers/upload/check/cli.h"
#include "handlers/upload/read/cli.h"
#include "sql/db/migrate.h"

static int
cli_export(struct req *q, int argc, char *argv[])
{
	const char *what = argc == 1 ? argv[0] : "";
	json_t *all = NULL;

	if (argc == 2 && strcmp(argv[0], "documents") == 0) {
		pdf_init(CONFIG_FONT); /* a build has no installation's settings */
		return document_export(q->arena, argv[1]) == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
	}
	if (strcmp(what, "rules") == 0)
		all = export_rules(NULL);
	else if (strcmp(what, "rules-public") == 0)
		all = export_rules(&routes_public);
	else if (strcmp(what, "openapi") == 0)
		all = export_openapi(&routes_public, "Jieru public site", "jieru");
	else if (strcmp(what, "openapi-review") == 0)
		all = export_openapi(&routes_review, "Jieru review site", "jieru_review");
	if (!all) {
		fputs("usage: portal export rules|rules-public|openapi|openapi-review|documents "
		      "FOLDER\n",
		    stderr);
		return EXIT_FAILURE;
	}
	int bad = json_dumpf(all, stdout, JSON_INDENT(1));
	json_decref(all);
	return bad || putchar('\n') < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int
cli_migrate(struct req *q, int argc, char *argv[])
{
	int64_t applied;

	(void)argc;
	(void)argv;
	if (migrate_apply(q->db, q->arena, site_settings.migrations, migrate_newest, q->now,
		&applied) != ERR_OK ||
	    sheet_key_ensure(q) != ERR_OK || dictionaries_ensure(q) != ERR_OK)
		return EXIT_FAILURE;
	printf("%lld migrations applied, now at %lld\n", (long long)applied,
	    (long long)migrate_newest);
	return EXIT_SUCCESS;
}

static int
cli_inspect(struct req *q, int argc, char *argv[])
{
	if (argc < 3 || strcmp(argv[0], "--slot") != 0) {
		fputs("usage: portal inspect --slot SLOT FILE…\n", stderr);
		return EXIT_FAILURE;
	}
	return inspect_main(q->arena, argv[1], argv + 2, (size_t)argc - 2);
}

static int
cli_read(struct req *q, int argc, char *argv[])
{
	if (argc != 1) {
		fputs("usage: portal read FILE\n", stderr);
		return EXIT_FAILURE;
	}
	return read_main(q->arena, argv[0]);
}

static int
cli_jobs(struct req *q, int argc, char *argv[])
{
	return jobs_main(q, argc == 1 && strcmp(argv[0], "--once") == 0);
}

/* clang-format off */
const struct cli_command cli_commands[] = {
	{ "admin",   CLI_ADMIN,    admin_run,   "admin staff-add …" },
	{ "export",  CLI_PLAIN,    cli_export,  "export rules|rules-public|openapi|openapi-review|documents FOLDER" },
	{ "inspect", CLI_PLAIN,    cli_inspect, "inspect --slot SLOT FILE…" },
	{ "jobs",    CLI_DATABASE, cli_jobs,    "jobs [--once]" },
	{ "migrate", CLI_ADMIN,    cli_migrate, "migrate" },
	{ "read",    CLI_PLAIN,    cli_read,    "read FILE" },
	{ "selftest", CLI_PLAIN,   selftest_cli, "selftest check|seal --keys KEYS.json" },
	{ "bench",   CLI_PLAIN,    selftest_cli, "bench: another name of selftest" },
	{ "verify",  CLI_PLAIN,    verify_cli,  "verify FILE.pdf --key PUBLIC" },
};
/* clang-format on */
const size_t cli_commands_count = COUNT(cli_commands);
