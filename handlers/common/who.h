#ifndef HANDLERS_COMMON_WHO_H
#define HANDLERS_COMMON_WHO_H

#include <stdbool.h>

#include "fcgi/http/request.h"
#include "handlers/rules/table/kinds.h"

/*
 * Who sent this request, and for whom: the domain's view of q->session. The
 * gates of the route have run, so what a gate promises is there.
 */
enum role who_role(const struct req *q);      /* ROLE_NONE when nobody is signed in */
int64_t who_user(const struct req *q);        /* in the role's own table; 0 nobody */
int64_t who_unit(const struct req *q);        /* the unit, or the one the operator chose; 0 none */
int64_t who_institution(const struct req *q); /* row of the catalogue the operator chose; 0 none */
int64_t who_bureau(const struct req *q);      /* of an officer; 0 none */
bool who_must_change(const struct req *q);    /* a generated password is still in use */
int64_t who_password_seq(
    const struct req *q); /* of the password he signed in with: sql/account/standing.h */
/*
 * What is yet to come after the password: "code" or "enrol" of an officer, his dynamic code; "sms"
 * where a unit demands it. Else NULL.
 */
const char *who_second(const struct req *q);
int64_t who_proved(const struct req *q); /* when his phone was proved in this session; 0 never */

/* First digits of the regions an officer works on; "" for all of his bureau. */
const char *who_scope(const struct req *q);
bool who_may_download(const struct req *q); /* of the staff: take files along */

/* Names of q->session->data's members; set by the handlers that sign people in. */
#define WHO_UNIT "unit_id"
#define WHO_INSTITUTION "institution_id"
#define WHO_BUREAU "bureau_id"
#define WHO_MUST_CHANGE "must_change"
#define WHO_SCOPE "scope"
#define WHO_MAY_DOWNLOAD "may_download"
#define WHO_LAST_LOGIN "last_login" /* {at, address} of the time before */
#define WHO_SECOND "second_factor"
#define WHO_PASSWORD_SEQ "password_seq"
#define WHO_PROVED "proved_at"

#endif
