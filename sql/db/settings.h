#ifndef SQL_DB_SETTINGS_H
#define SQL_DB_SETTINGS_H

/* Strings are not copied: they live as long as the struct sql. */
struct sql_settings {
	const char *socket; /* unix socket of the server */
	const char *user, *password, *database;
	unsigned timeout; /* seconds, for connecting and for each statement; 0 for none */
};

#endif
