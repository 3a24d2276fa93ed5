#ifndef HANDLERS_UNIT_REGISTRY_H
#define HANDLERS_UNIT_REGISTRY_H

#include "fcgi/http/config.h"
#include "fcgi/http/request.h"
#include "handlers/rules/procedure/certify.h"

/*
 * 企业信息核验: where a register of enterprises is configured (PORTAL_UNIT_CHECK_URL), it is asked
 * whether what a unit says of itself is so:
 *
 *   POST <url> {"uscc", "name", "legal_name"}  ->  200 the same three, each "agrees", "differs" or "unknown"
 *
 * Fills by_registry of these. REGISTRY_AWAY, with MARK_UNKNOWN, when it gives no such answer: a unit
 * nobody could look up is never certified by itself.
 */
enum registry registry_ask(struct req *q, struct unit_checks *checks);

struct registry_settings {
	const char *url; /* "" for none */
};

extern struct registry_settings registry_settings;
extern const struct settings registry_settings_table;

#endif
