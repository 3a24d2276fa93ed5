#ifndef HANDLERS_COMMON_SITES_H
#define HANDLERS_COMMON_SITES_H

#include "fcgi/http/config.h"

/* The two sites as people see them. */
struct sites_settings {
	const char *origin, *review_origin; /* addresses, comma-separated */
	const char *footer;                 /* JSON file; "" for none */
};

extern struct sites_settings sites_settings;
extern const struct settings sites_settings_table;

#endif
