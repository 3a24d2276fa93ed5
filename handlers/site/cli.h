#ifndef HANDLERS_SITE_CLI_H
#define HANDLERS_SITE_CLI_H

#include "fcgi/http/request.h"

/*
 * The subcommands of `portal` that neither serve nor run jobs. q carries what
 * a process keeps (arena, config, db, kv, keyring, now); db and keyring are
 * NULL for those that need none. Each returns the exit status.
 */
struct cli_command {
	const char *name;
	enum {
		CLI_PLAIN,
		CLI_DATABASE,
		CLI_ADMIN
	} needs; /* nothing; the workers' user; the admin user */
	int (*run)(struct req *q, int argc, char *argv[]);
	const char *usage;
};

extern const struct cli_command cli_commands[];
extern const size_t cli_commands_count;

#endif
