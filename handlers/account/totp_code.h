#ifndef HANDLERS_ACCOUNT_TOTP_CODE_H
#define HANDLERS_ACCOUNT_TOTP_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/base/arena.h"

/*
 * Time-based one-time passwords (RFC 6238: HMAC-SHA-1, six digits, 30 s) as
 * every authenticator app makes them. Secrets travel as base32 without
 * padding; they are kept sealed by the caller.
 */

#define TOTP_SECRET_BYTES 20
#define TOTP_STEP 30 /* seconds */

/* A fresh secret, base32. */
char *totp_secret(struct arena *arena);
/* The code of that time step (Unix seconds / TOTP_STEP), 0 .. 999999; -1: no base32. */
int32_t totp_code(const char *secret, int64_t step);
/*
 * Is `typed` (blanks ignored) the code of this step, the one before or the
 * next? *ret_step: which one, so that the caller lets it count once.
 */
bool totp_match(const char *secret, const char *typed, int64_t now, int64_t *ret_step);
/* What the QR code says: otpauth://totp/... `issuer` and `account` may be any text. */
char *totp_uri(struct arena *arena, const char *issuer, const char *account, const char *secret);
/*
 * A QR code as the path of an SVG in which a module is 1 x 1; *ret_size: modules on a side,
 * with the quiet zone. NULL: the text is too long.
 */
char *totp_qr(struct arena *arena, const char *text, int *ret_size);

#endif
