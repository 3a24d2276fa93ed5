#ifndef HANDLERS_ADMIN_AUDIT_SEAL_SETTINGS_H
#define HANDLERS_ADMIN_AUDIT_SEAL_SETTINGS_H

#include "fcgi/http/config.h"

/* What the ends of the audit are signed with, and where the lines go: handlers/admin/audit_seal.h. */
struct audit_seal_settings {
	const char *key; /* file with the private key, base64 in one line; "": nothing is sealed */
	const char *heads; /* file lines are appended to; "": none */
};
extern struct audit_seal_settings audit_seal_settings;
extern const struct settings audit_seal_settings_table;

#endif
