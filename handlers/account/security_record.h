#ifndef HANDLERS_ACCOUNT_SECURITY_RECORD_H
#define HANDLERS_ACCOUNT_SECURITY_RECORD_H

#include "fcgi/http/answer.h"

/*
 * GET /security-records - of the last SECURITY_RECORD_DAYS what was done by whoever is signed
 * in, or to his account: logins, failed ones, resets, bindings, full numbers and keys looked at.
 */
#define SECURITY_RECORD_DAYS 180
extern const struct answer security_records_answer;
extern const struct form security_record_query;
MUST_CHECK enum err security_record_index(struct req *q);

#endif
