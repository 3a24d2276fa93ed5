#ifndef HANDLERS_SMS_SETTINGS_H
#define HANDLERS_SMS_SETTINGS_H

#include "fcgi/http/config.h"

/* How SMS leave the house; see deploy/portal.env.example. "" where the provider needs none. */
struct sms_settings {
	const char *provider; /* a name of handlers/sms/provider.h */
	const char *file;
	const char *url, *user, *password, *sign, *app, *region; /* of a gateway */
	const char *templates;                                   /* NAME=CODE,… */
	const char *report_url;
	unsigned daily; /* SMS a day; 0: no limit */
};

extern struct sms_settings sms_settings;
extern const struct settings sms_settings_table;

#endif
