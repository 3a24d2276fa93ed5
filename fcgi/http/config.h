#ifndef FCGI_HTTP_CONFIG_H
#define FCGI_HTTP_CONFIG_H

#include <stdbool.h>

#include "fcgi/base/err.h"

#define CONFIG_FONT "WenQuanYi Zen Hei" /* PORTAL_FONT when it is not set */

/*
 * The settings of one installation, read once at start from the environment
 * and from the file PORTAL_ENV_FILE names (KEY=VALUE lines; the environment
 * wins). deploy/portal.env.example lists every variable with unit and default.
 * Strings live as long as the program.
 */
struct config {
	const char *db_socket, *db_name, *db_user, *db_password;
	const char *db_admin_user, *db_admin_password; /* "" where only workers run */
	unsigned db_timeout;                           /* seconds */
	const char *redis_socket;
	unsigned redis_timeout;   /* seconds */
	const char *run;          /* directory for lock files of this host */
	const char *store;        /* directory */
	const char *store_digest; /* which digest names the files: "sha256" or "sm3" */
	const char *clamd;        /* socket of the virus scanner; "" for none */
	const char *keyring;      /* file: personal fields */
	const char *vault; /* file: private keys and 数字密钥; "" where no process has them */
	const char *migrations; /* directory */
	bool cookie_secure;
	unsigned session_idle, session_max; /* seconds */
	const char *sms_provider, *sms_file;
	/* of a gateway; "" where it needs none; see deploy/portal.env.example */
	const char *sms_url, *sms_user, *sms_password, *sms_sign, *sms_app, *sms_region;
	const char *sms_templates;          /* NAME=CODE,… */
	const char *sms_report_url;         /* "" for none */
	unsigned sms_daily;                 /* SMS a day; 0: no limit */
	const char *staff_totp;             /* "optional", anything else is "required" */
	const char *origin, *review_origin; /* comma-separated */
	char prefix[64];                    /* path both sites stand under, "/jieru", or "" */
	unsigned address_factor; /* times every limit per address; see deploy/portal.env.example */
	const char *font;
	const char *order_check_url; /* "" for none */
	const char *site_file;       /* JSON of the footer */

	/* chosen by `serve --site`, from the above */
	const char *cookie;  /* name of the session cookie */
	const char *origins; /* that may send changes */
};

/* ERR_INTERNAL with a line on stderr that names what is missing or malformed. */
MUST_CHECK enum err config_read(struct config *ret);

#endif
