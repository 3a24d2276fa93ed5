/* portal: the one file that links everything. Subcommands in handlers/site/cli.c. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

#include "fcgi/base/log.h"
#include "fcgi/crypto/keyring.h"
#include "fcgi/http/cookie.h"
#include "fcgi/http/fastcgi.h"
#include "fcgi/http/metrics.h"
#include "fcgi/http/serve.h"
#include "fcgi/store/kv.h"
#include "handlers/common/deed.h"
#include "handlers/common/incident.h"
#include "handlers/common/sites.h"
#include "handlers/site/cli.h"
#include "handlers/site/gates.h"
#include "handlers/site/routes.h"
#include "handlers/site/settings.h"
#include "handlers/site/startup.h"
#include "sql/db/db.h"
#include "sql/db/migrate.h"

#define ARENA_CAP ((size_t)16 << 20) /* bytes one request may take */
#define REQUESTS_PER_WORKER 20000u   /* then it leaves, and a fresh one comes */
#define BACKLOG 1024
#define COOKIE_ROOM ((size_t)1 << 16) /* for its name, as long as the process */

static struct config config;

struct serving {
	int fd;
	unsigned workers;
	struct program program;
	bool keys; /* the role that has the vault, and nothing else */
};

static struct sql *
database(bool admin)
{
	static struct sql_settings settings;

	settings = (struct sql_settings){
		.socket = site_settings.db_socket,
		.user = admin ? site_settings.db_admin_user : site_settings.db_user,
		.password = admin ? site_settings.db_admin_password : site_settings.db_password,
		.database = site_settings.db_name,
		.timeout = admin ? 0 : site_settings.db_timeout,
	};
	return sql_new(&settings);
}

static void
ready(struct req *q)
{
	sql_ready(q->db);
	keyring_refresh(q->keyring);
	keyring_refresh(q->vault);
}

/* The keyring of personal fields, and the vault; each process opens its own. */
static enum err
open_keyring(const char *path, const char *name, struct keyring **ret)
{
	TRY(keyring_open(path, ret));
	return keyring_hold(*ret, config.run, name);
}

static enum err
open_vault(struct keyring **ret)
{
	return *site_settings.vault ? open_keyring(site_settings.vault, "vault", ret) : ERR_OK;
}

/* What one process keeps from request to request. */
static struct req
process(bool admin)
{
	return (struct req){
		.arena = arena_new(ARENA_CAP),
		.db = database(admin),
		.kv = kv_new(config.redis_socket, config.redis_timeout),
		.config = &config,
		.now = (int64_t)time(NULL),
	};
}

static void
process_end(struct req *q)
{
	struct arena *arena = q->arena;

	keyring_close(q->keyring);
	keyring_close(q->vault);
	sql_close(q->db);
	kv_free(q->kv);
	req_release(q);
	arena_free(arena);
}

static void
done(struct req *q)
{
	captcha_unused(q);
	deed_end(q);
	incident_of_request(q);
}

static int
work(void *context)
{
	const struct serving *s = context;
	struct req q = process(false);
	enum err e =
	    s->keys ? open_vault(&q.vault) : open_keyring(config.keyring, "keyring", &q.keyring);

	if (e == ERR_OK)
		e = fastcgi_serve(s->fd, &s->program, &q, REQUESTS_PER_WORKER);

	process_end(&q);
	return e == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Refuse to start on another schema; a database that is away is waited for by the workers. */
static enum err
check_schema(void)
{
	struct req q = process(false);
	enum err e = sql_ping(q.db);

	e = e == ERR_OK ? migrate_check(q.db, q.arena, migrate_newest) : ERR_OK;
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

static bool
needs_vault(const struct route *route)
{
	return (route->gates & GATE_KEYS) != 0;
}

static bool
needs_no_vault(const struct route *route)
{
	return !needs_vault(route);
}

/* Both can be opened now: a worker that cannot later keeps what it has. */
static enum err
check_keyrings(bool keys)
{
	struct keyring *keyring = NULL;

	TRY(keyring_open(keys ? site_settings.vault : config.keyring, &keyring));
	keyring_close(keyring);
	if (keys && !getenv("GLIBC_TUNABLES")) /* see deploy/portal-keys.service */
		log_line(LOG_WARN, "serve", "what=\"freed memory is not wiped\"");
	return ERR_OK;
}

static int
serve_usage(void)
{
	fputs("usage: portal serve --site public|review --listen SOCKET [--workers 1-256] "
	      "[--role keys]\n",
	    stderr);
	return EXIT_FAILURE;
}

static int
serve(int argc, char *argv[])
{
	const char *site = option(argc, argv, "--site", "");
	const char *path = option(argc, argv, "--listen", NULL);
	const char *role = option(argc, argv, "--role", NULL);
	bool review = strcmp(site, "review") == 0;
	struct serving s = { .workers = number(option(argc, argv, "--workers", "4")),
		.keys = role != NULL };

	if (!path || !s.workers || (!review && strcmp(site, "public") != 0) ||
	    (role && strcmp(role, "keys") != 0))
		return serve_usage();
	config.cookie =
	    cookie_named(arena_new(COOKIE_ROOM), &config, review ? "jieru_review" : "jieru");
	config.origins = review ? sites_settings.review_origin : sites_settings.origin;
	s.program = (struct program){
		.routes = review ? &routes_review : &routes_public,
		.gates = domain_gates,
		.ngates = domain_gates_count,
		.serves = s.keys ? needs_vault : needs_no_vault,
		.ready = ready,
		.done = done,
	};
	if (check_keyrings(s.keys) != ERR_OK || startup(&config, site, s.workers) != ERR_OK ||
	    check_schema() != ERR_OK || fastcgi_listen(path, BACKLOG, &s.fd) != ERR_OK)
		return EXIT_FAILURE;
	metrics_init();
	enum err e = serve_prefork(s.workers, work, &s);
	return e == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
run(const struct cli_command *command, int argc, char *argv[])
{
	struct req q = { .now = (int64_t)time(NULL) };

	if (command->needs == CLI_PLAIN) {
		q.arena = arena_new(ARENA_CAP);
	} else {
		if (settings_read(&config) != ERR_OK || startup(&config, "cli", 1) != ERR_OK)
			return EXIT_FAILURE;
		q = process(command->needs == CLI_ADMIN);
		if (open_keyring(config.keyring, "keyring", &q.keyring) != ERR_OK ||
		    open_vault(&q.vault) != ERR_OK)
			return EXIT_FAILURE;
	}
	int status = command->run(&q, argc, argv);
	process_end(&q);
	return status;
}

static int
usage(void)
{
	(void)serve_usage();
	for (size_t i = 0; i < cli_commands_count; i++)
		fprintf(stderr, "       portal %s\n", cli_commands[i].usage);
	return EXIT_FAILURE;
}

/*
 * Keys are in memory: no core file may hold them, nor may another process of
 * this account read them. The limit alone does not stop a core that is piped
 * to a program; not being dumpable does.
 */
static void
forbid_dumps(void)
{
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
#ifndef SANITIZED /* its search for leaks traces the process */
	prctl(PR_SET_DUMPABLE, 0);
#endif
}

int
main(int argc, char *argv[])
{
	forbid_dumps();
	/* whoever hangs up on us is an error of the one write, not the end of the process */
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2)
		return usage();
	if (strcmp(argv[1], "serve") == 0)
		return settings_read(&config) == ERR_OK ? serve(argc - 2, argv + 2) : EXIT_FAILURE;
	for (size_t i = 0; i < cli_commands_count; i++)
		if (strcmp(argv[1], cli_commands[i].name) == 0)
			return run(&cli_commands[i], argc - 2, argv + 2);
	return usage();
}
