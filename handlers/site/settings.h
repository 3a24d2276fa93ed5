#ifndef HANDLERS_SITE_SETTINGS_H
#define HANDLERS_SITE_SETTINGS_H

#include "fcgi/http/config.h"

/* What only the program that starts needs to know: where the database is, and the vault. */
struct site_settings {
	const char *db_socket, *db_name, *db_user, *db_password;
	const char *db_admin_user, *db_admin_password; /* "" where only workers run */
	unsigned db_timeout;                           /* seconds */
	const char *migrations;                        /* directory */
	const char *vault; /* file: private keys and 数字密钥; "" where no process has them */
};

extern struct site_settings site_settings;

/* config_read() with the settings of all areas. */
MUST_CHECK enum err settings_read(struct config *ret);

#endif
