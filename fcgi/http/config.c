#include "fcgi/http/config.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/log.h"

enum kind { TEXT, NUMBER, FLAG, PREFIX, DIGEST };

struct setting {
	const char *name;
	const char *fallback; /* NULL: must be given, and not empty */
	enum kind kind;
	size_t offset;
};

#define SET(name, fallback, kind, member)                                                          \
	{                                                                                          \
		"PORTAL_" name, fallback, kind, offsetof(struct config, member)                    \
	}

/* clang-format off */
static const struct setting settings[] = {
	SET("DB_SOCKET",         NULL,                    TEXT,   db_socket),
	SET("DB_NAME",           "jieru",                 TEXT,   db_name),
	SET("DB_USER",           NULL,                    TEXT,   db_user),
	SET("DB_PASSWORD",       NULL,                    TEXT,   db_password),
	SET("DB_ADMIN_USER",     "",                      TEXT,   db_admin_user),
	SET("DB_ADMIN_PASSWORD", "",                      TEXT,   db_admin_password),
	SET("DB_TIMEOUT",        "4",                     NUMBER, db_timeout),
	SET("REDIS_SOCKET",      NULL,                    TEXT,   redis_socket),
	SET("REDIS_TIMEOUT",     "2",                     NUMBER, redis_timeout),
	SET("RUN",               "/tmp",                  TEXT,   run),
	SET("STORE",             NULL,                    TEXT,   store),
	SET("STORE_DIGEST",      "sha256",                DIGEST, store_digest),
	SET("CLAMD",             "",                      TEXT,   clamd),
	SET("KEYRING",           NULL,                    TEXT,   keyring),
	SET("VAULT",             "",                      TEXT,   vault),
	SET("MIGRATIONS",        "sql/migrations",        TEXT,   migrations),
	SET("COOKIE_SECURE",     "1",                     FLAG,   cookie_secure),
	SET("SESSION_IDLE",      "1800",                  NUMBER, session_idle),
	SET("SESSION_MAX",       "28800",                 NUMBER, session_max),
	SET("SMS_PROVIDER",      "file",                  TEXT,   sms_provider),
	SET("SMS_FILE",          "",                      TEXT,   sms_file),
	SET("SMS_URL",           "",                      TEXT,   sms_url),
	SET("SMS_USER",          "",                      TEXT,   sms_user),
	SET("SMS_PASSWORD",      "",                      TEXT,   sms_password),
	SET("SMS_SIGN",          "",                      TEXT,   sms_sign),
	SET("SMS_APP",           "",                      TEXT,   sms_app),
	SET("SMS_REGION",        "ap-guangzhou",          TEXT,   sms_region),
	SET("SMS_TEMPLATES",     "",                      TEXT,   sms_templates),
	SET("SMS_REPORT_URL",    "",                      TEXT,   sms_report_url),
	SET("SMS_DAILY",         "50000",                 NUMBER, sms_daily),
	SET("STAFF_TOTP",        "required",              TEXT,   staff_totp),
	SET("ORIGIN",            "http://localhost:8080", TEXT,   origin),
	SET("REVIEW_ORIGIN",     "http://localhost:8081", TEXT,   review_origin),
	SET("PREFIX",            "",                      PREFIX, prefix),
	SET("ADDRESS_FACTOR",    "1",                     NUMBER, address_factor),
	SET("FONT",              CONFIG_FONT,             TEXT,   font),
	SET("ORDER_CHECK_URL",   "",                      TEXT,   order_check_url),
	SET("SITE_FILE",         "",                      TEXT,   site_file),
};
/* clang-format on */

/* KEY=VALUE lines; what the environment already has stays. */
static enum err
read_file(const char *path)
{
	char line[4096];
	FILE *file = fopen(path, "re");

	if (!file) {
		log_line(LOG_ERROR, "config", "file=\"%s\" errno=%d", path, errno);
		return ERR_INTERNAL;
	}
	enum err e = ERR_OK;
	while (fgets(line, sizeof(line), file)) {
		char *value = strchr(line, '=');

		if (!strchr(line, '\n') && !feof(file)) { /* its rest would pass for a line */
			log_line(LOG_ERROR, "config", "file=\"%s\" why=\"line too long\"", path);
			e = ERR_INTERNAL;
			break;
		}
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '#' || !value)
			continue;
		*value++ = '\0';
		size_t len = strlen(value);
		if (len >= 2 && value[0] == '"' && value[len - 1] == '"') {
			value[len - 1] = '\0';
			value++;
		}
		setenv(line, value, 0);
	}
	fclose(file);
	return e;
}

/* Digits and nothing else. */
static bool
number(const char *text, unsigned *ret)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 9 || text[digits])
		return false;
	*ret = (unsigned)strtoul(text, NULL, 10);
	return true;
}

/* Nothing, or the path of a folder without the slash at its end; letters that need no quoting. */
static bool
prefix(const char *text, char ret[64])
{
	static const char letters[] =
	    "/-._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t len = strlen(text);

	if (len >= 64 || text[strspn(text, letters)] || strstr(text, "//"))
		return false;
	if (len > 0 && (text[0] != '/' || text[len - 1] == '/'))
		return false;
	memcpy(ret, text, len + 1);
	return true;
}

static bool
set(struct config *config, const struct setting *s, const char *text)
{
	void *member = (char *)config + s->offset;
	unsigned n = 0;

	switch (s->kind) {
	case TEXT:
		*(const char **)member = text;
		return true;
	case NUMBER:
		return number(text, member) && *(const unsigned *)member > 0;
	case FLAG:
		if (!number(text, &n) || n > 1)
			return false;
		*(bool *)member = n == 1;
		return true;
	case PREFIX:
		return prefix(text, member);
	case DIGEST:
		*(const char **)member = text;
		return strcmp(text, "sha256") == 0 || strcmp(text, "sm3") == 0;
	}
	return false;
}

enum err
config_read(struct config *ret)
{
	const char *file = getenv("PORTAL_ENV_FILE");
	enum err e = ERR_OK;

	*ret = (struct config){ 0 };
	if (file)
		TRY(read_file(file));
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		const char *text = getenv(settings[i].name);

		if (!text)
			text = settings[i].fallback;
		const char *why = NULL;
		if (!text || (!*text && !settings[i].fallback))
			why = "missing";
		else if (!set(ret, &settings[i], text))
			why = "malformed";
		if (why) {
			log_line(LOG_ERROR, "config", "variable=%s why=%s", settings[i].name, why);
			e = ERR_INTERNAL;
		}
	}
	return e;
}
