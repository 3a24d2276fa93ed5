#ifndef HANDLERS_COMMON_INCIDENT_H
#define HANDLERS_COMMON_INCIDENT_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/names.h"

/*
 * What was refused, in the audit: failed logins, lock-outs, addresses that are not for whoever asks.
 * Anybody can bring these about as often as he likes, so they are not written each: of the same from
 * the same network in an hour the first few, then the tenth, the hundredth, and so on, with the
 * count; and of one network, and of all, so many an hour (incident_* in kv.def).
 *
 * Outside of transactions. Fails silently but for the log: what was refused stays refused.
 */
void incident_note(struct req *q, enum deed deed, const char *object, const char *detail);

/* After each request: was somebody who is signed in refused what is not his? */
void incident_of_request(struct req *q);

#endif
