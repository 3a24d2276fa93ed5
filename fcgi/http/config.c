#include "fcgi/http/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/log.h"

#define SET(member, name, fallback) SETTING(struct config, member, name, fallback)

/* clang-format off */
static const struct setting own[] = {
	SET(redis_socket,   "REDIS_SOCKET",   NULL),
	SET(redis_timeout,  "REDIS_TIMEOUT",  "2"),
	SET(run,            "RUN",            "/tmp"),
	SET(store,          "STORE",          NULL),
	SETTING_AS(SETTING_DIGEST, struct config, store_digest, "STORE_DIGEST", "sha256"),
	SET(keyring,        "KEYRING",        NULL),
	SET(cookie_secure,  "COOKIE_SECURE",  "1"),
	SET(session_idle,   "SESSION_IDLE",   "1800"),
	SET(session_max,    "SESSION_MAX",    "28800"),
	SETTING_AS(SETTING_PREFIX, struct config, prefix, "PREFIX", ""),
	SET(address_factor, "ADDRESS_FACTOR", "1"),
	SET(person_factor,  "PERSON_FACTOR",  "1"),
	SET(font,           "FONT",           CONFIG_FONT),
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
set(void *member, enum setting_kind kind, const char *text)
{
	unsigned n = 0;

	switch (kind) {
	case SETTING_TEXT:
		*(const char **)member = text;
		return true;
	case SETTING_NUMBER:
		return number(text, member) && *(const unsigned *)member > 0;
	case SETTING_LIMIT:
		return number(text, member);
	case SETTING_FLAG:
		if (!number(text, &n) || n > 1)
			return false;
		*(bool *)member = n == 1;
		return true;
	case SETTING_PREFIX:
		return prefix(text, member);
	case SETTING_DIGEST:
		*(const char **)member = text;
		return strcmp(text, "sha256") == 0 || strcmp(text, "sm3") == 0;
	}
	return false;
}

/* All faults are told, not only the first. */
static enum err
read_all(const struct settings *area)
{
	enum err e = ERR_OK;

	for (const struct setting *s = area->rows; s < area->rows + area->count; s++) {
		const char *given = getenv(s->name), *text = given ? given : s->fallback;
		const char *why = NULL;

		if (!text || (!*text && !s->fallback))
			why = "missing";
		else if (!set((char *)area->values + s->offset, s->kind, text))
			why = "malformed";
		if (why) {
			log_line(LOG_ERROR, "config", "variable=%s why=%s", s->name, why);
			e = ERR_INTERNAL;
		}
	}
	return e;
}

enum err
config_read(struct config *ret, const struct settings *const areas[], size_t count)
{
	const char *file = getenv("PORTAL_ENV_FILE");

	*ret = (struct config){ 0 };
	if (file)
		TRY(read_file(file));
	enum err e = read_all(&(struct settings)SETTINGS(own, *ret));
	for (size_t i = 0; i < count; i++)
		if (read_all(areas[i]) != ERR_OK)
			e = ERR_INTERNAL;
	return e;
}
