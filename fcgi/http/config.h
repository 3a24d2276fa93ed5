#ifndef FCGI_HTTP_CONFIG_H
#define FCGI_HTTP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "fcgi/base/array.h"
#include "fcgi/base/err.h"

#define CONFIG_FONT "WenQuanYi Zen Hei" /* PORTAL_FONT when it is not set */

/*
 * The settings of one installation, read once at start from the environment
 * and from the file PORTAL_ENV_FILE names (KEY=VALUE lines; the environment
 * wins). deploy/portal.env.example explains every variable.
 * Strings live as long as the program.
 */
struct config {
	const char *redis_socket;
	unsigned redis_timeout;   /* seconds */
	const char *run;          /* directory for lock files of this host */
	const char *store;        /* directory */
	const char *store_digest; /* which digest names the files: "sha256" or "sm3" */
	const char *keyring;      /* file */
	bool cookie_secure;
	unsigned session_idle, session_max; /* seconds */
	char prefix[64];                    /* path the program stands under, or "" */
	/* times every limit of requests; see deploy/portal.env.example */
	unsigned address_factor, person_factor;
	const char *font;

	/* what a process serves under; not read but set by it */
	const char *cookie;  /* name of the session cookie */
	const char *origins; /* that may send changes, comma-separated */
};

/*
 * What else a program has settings for declares them like this, each area its
 * own, and the program hands all of them to config_read():
 *
 *	struct mail_settings mail_settings;
 *	static const struct setting rows[] = {
 *		SETTING(struct mail_settings, host, "MAIL_HOST", NULL),
 *	};
 *	const struct settings mail_settings_table = SETTINGS(rows, mail_settings);
 *
 * The type of the member says what is taken: a text, a number from 1 on, or 0
 * and 1 for a bool. fallback NULL: must be given, and not empty.
 */
enum setting_kind {
	SETTING_TEXT,
	SETTING_NUMBER,
	SETTING_LIMIT, /* unsigned: a number, 0 for no limit */
	SETTING_FLAG,
	SETTING_PREFIX, /* char[64]: nothing, or the path of a folder without the slash at its end */
	SETTING_DIGEST, /* "sha256" or "sm3" */
};

struct setting {
	const char *name;
	const char *fallback;
	enum setting_kind kind;
	size_t offset;
};

struct settings {
	const struct setting *rows;
	size_t count;
	void *values; /* the struct whose members the rows name */
};

#define SETTING_AS(kind, type, member, name, fallback)                                             \
	{                                                                                          \
		"PORTAL_" name, fallback, kind, offsetof(type, member)                             \
	}
#define SETTING(type, member, name, fallback)                                                      \
	SETTING_AS(_Generic(((type *)0)->member, const char *                                      \
		   : SETTING_TEXT, unsigned                                                        \
		   : SETTING_NUMBER, bool                                                          \
		   : SETTING_FLAG),                                                                \
	    type, member, name, fallback)
#define SETTINGS(rows, values)                                                                     \
	{                                                                                          \
		rows, COUNT(rows), &(values)                                                       \
	}

/*
 * The machine's own to *ret, and the program's to where their tables say.
 * ERR_INTERNAL with a line on stderr for each that is missing or malformed.
 */
MUST_CHECK enum err
config_read(struct config *ret, const struct settings *const areas[], size_t count);

#endif
