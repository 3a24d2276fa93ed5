/* portal: the one file that links everything. Subcommands in handlers/cli.c. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "fcgi/config.h"
#include "fcgi/fastcgi.h"
#include "fcgi/keyring.h"
#include "fcgi/kv.h"
#include "fcgi/log.h"
#include "fcgi/metrics.h"
#include "fcgi/serve.h"
#include "handlers/cli.h"
#include "handlers/deed.h"
#include "handlers/routes.h"
#include "handlers/startup.h"
#include "sql/db.h"
#include "sql/migrate.h"

#define ARENA_CAP ((size_t)16 << 20) /* bytes one request may take */
#define REQUESTS_PER_WORKER 20000u   /* then it leaves, and a fresh one comes */
#define BACKLOG 1024

static struct config config;

struct serving {
	int fd;
	unsigned workers;
	struct program program;
	struct keyring *keyring;
};

static struct sql *
database(bool admin)
{
	static struct sql_settings settings;

	settings = (struct sql_settings){
		.socket = config.db_socket,
		.user = admin ? config.db_admin_user : config.db_user,
		.password = admin ? config.db_admin_password : config.db_password,
		.database = config.db_name,
		.timeout = admin ? 0 : config.db_timeout,
	};
	return sql_new(&settings);
}

static void
ready(struct req *q)
{
	sql_ready(q->db);
}

/* What one process keeps from request to request. */
static struct req
process(struct keyring *keyring, bool admin)
{
	return (struct req){
		.arena = arena_new(ARENA_CAP),
		.db = database(admin),
		.kv = kv_new(config.redis_socket, config.redis_timeout),
		.config = &config,
		.keyring = keyring,
		.now = (int64_t)time(NULL),
	};
}

static void
process_end(struct req *q)
{
	struct arena *arena = q->arena;

	sql_close(q->db);
	kv_free(q->kv);
	req_release(q);
	arena_free(arena);
}

static int
work(void *context)
{
	const struct serving *s = context;
	struct req q = process(s->keyring, false);
	enum err e = fastcgi_serve(s->fd, &s->program, &q, REQUESTS_PER_WORKER);

	process_end(&q);
	return e == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Refuse to start on another schema; a database that is away is waited for by the workers. */
static enum err
check_schema(void)
{
	struct req q = process(NULL, false);
	enum err e = sql_ping(q.db);

	e = e == ERR_OK ? migrate_check(q.db, q.arena) : ERR_OK;
	process_end(&q);
	return e;
}

static const char *
option(int argc, char *argv[], const char *name, const char *fallback)
{
	for (int i = 0; i + 1 < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return argv[i + 1];
	return fallback;
}

/* 1 to 256; 0 for anything else. */
static unsigned
number(const char *text)
{
	char *end;
	long value = strtol(text, &end, 10);

	return *text && !*end && value >= 1 && value <= 256 ? (unsigned)value : 0;
}

static int
serve(int argc, char *argv[])
{
	const char *site = option(argc, argv, "--site", "");
	const char *path = option(argc, argv, "--listen", NULL);
	bool review = strcmp(site, "review") == 0;
	struct serving s = { .workers = number(option(argc, argv, "--workers", "4")) };

	if (!path || !s.workers || (!review && strcmp(site, "portal") != 0)) {
		fputs("usage: portal serve --site portal|review --listen SOCKET [--workers "
		      "1-256]\n",
		    stderr);
		return EXIT_FAILURE;
	}
	config.cookie = review ? "jieru_review" : "jieru";
	config.origins = review ? config.review_origin : config.origin;
	s.program = (struct program){
		.routes = review ? &routes_review : &routes_portal,
		.gates = domain_gates,
		.ngates = domain_gates_count,
		.ready = ready,
		.done = deed_end,
	};
	if (keyring_open(config.keyring, &s.keyring) != ERR_OK || startup(&config) != ERR_OK ||
	    check_schema() != ERR_OK || fastcgi_listen(path, BACKLOG, &s.fd) != ERR_OK)
		return EXIT_FAILURE;
	metrics_init();
	enum err e = serve_prefork(s.workers, work, &s);
	keyring_close(s.keyring);
	return e == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
run(const struct cli_command *command, int argc, char *argv[])
{
	struct keyring *keyring = NULL;
	struct req q = { .now = (int64_t)time(NULL) };

	if (command->needs == CLI_PLAIN)
		q.arena = arena_new(ARENA_CAP);
	else if (config_read(&config) != ERR_OK ||
		 keyring_open(config.keyring, &keyring) != ERR_OK || startup(&config) != ERR_OK)
		return EXIT_FAILURE;
	else
		q = process(keyring, command->needs == CLI_ADMIN);
	int status = command->run(&q, argc, argv);
	process_end(&q);
	keyring_close(keyring);
	return status;
}

static int
usage(void)
{
	fputs("usage: portal serve --site portal|review --listen SOCKET [--workers 1-256]\n",
	    stderr);
	for (size_t i = 0; i < cli_commands_count; i++)
		fprintf(stderr, "       portal %s\n", cli_commands[i].usage);
	return EXIT_FAILURE;
}

int
main(int argc, char *argv[])
{
	/* keys are in memory: no core file may hold them */
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	/* whoever hangs up on us is an error of the one write, not the end of the process */
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2)
		return usage();
	if (strcmp(argv[1], "serve") == 0)
		return config_read(&config) == ERR_OK ? serve(argc - 2, argv + 2) : EXIT_FAILURE;
	for (size_t i = 0; i < cli_commands_count; i++)
		if (strcmp(argv[1], cli_commands[i].name) == 0)
			return run(&cli_commands[i], argc - 2, argv + 2);
	return usage();
}
