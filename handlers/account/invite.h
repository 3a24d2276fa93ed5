#ifndef HANDLERS_ACCOUNT_INVITE_H
#define HANDLERS_ACCOUNT_INVITE_H

#include "fcgi/http/request.h"
#include "sql/account/invitation.h"

/*
 * The way of an invitation: a unit asks whoever holds a phone, an SMS brings him a secret, he
 * accepts or refuses. The secret is 12 letters and digits, so nobody guesses it, and lives for
 * INVITE_LIFETIME. For a phone with an account, or of whom the unit typed no papers, it is the code
 * that accepts; for any other the password of the first login, which accepts as well.
 */
#define INVITE_LIFETIME (INT64_C(24) * 3600)
#define INVITATION_AGE (INT64_C(30) * 24 * 3600) /* seconds one waits for its answer */

/*
 * A new secret by SMS; the one before is dead. Only of a certified unit: nobody else's SMS goes to a
 * phone that did not ask for it. ERR_RATE_LIMITED.
 */
MUST_CHECK enum err
invite_send(struct req *q, struct sql_tx *tx, const struct unit *unit, const struct invitation *i);
/*
 * The first one, as far as it may go: the invitation stands without, until the unit is certified, or
 * sends it again when the limits let it.
 */
MUST_CHECK enum err invite_send_first(struct req *q, struct sql_tx *tx, const struct unit *unit,
    const struct invitation *i);
/* The unit may be certified in tx: what waited for that goes out now. */
MUST_CHECK enum err invite_send_waiting(struct req *q, struct sql_tx *tx, int64_t unit_id);

/* Whose secret it is, dead or not. ERR_NOT_FOUND. */
MUST_CHECK enum err
invite_by_secret(struct req *q, const char *phone, const char *secret, struct invitation *ret);

/* Accepted by this operator: bound, and the unit told. ERR_NOT_FOUND: answered meanwhile. */
MUST_CHECK enum err
invite_accept(struct req *q, struct sql_tx *tx, const struct invitation *i, int64_t operator_id);
/* Refused, and the unit told. ERR_NOT_FOUND as above. */
MUST_CHECK enum err invite_refuse(struct req *q, struct sql_tx *tx, const struct invitation *i);

/*
 * Came to the login of a phone without an account, with the password of an invitation: the phone is
 * proven, so there is an account from now on, by the papers the unit typed, and the invitation is
 * accepted. ERR_NOT_FOUND: no such password; ERR_PASSWORD_EXPIRED.
 */
MUST_CHECK enum err invite_login(struct req *q, const char *phone, const char *password);

#endif
