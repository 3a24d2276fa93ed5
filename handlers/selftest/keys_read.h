#ifndef HANDLERS_SELFTEST_KEYS_READ_H
#define HANDLERS_SELFTEST_KEYS_READ_H

#include "fcgi/base/err.h"
#include "handlers/selftest/diagnosis.h"

/*
 * KEYS.json of `portal selftest check`: {appId, appSecret, channelPublicKey,
 * channelPrivateKey, platformPublicKey} as on the sheet, further members for
 * any use. channelPrivateKey may be missing. Keys in other forms (hex, PEM,
 * PKCS#8, SPKI …) are read too, and named by diagnose().
 *
 * ERR_INVALID  *ret_mistake says why
 */
MUST_CHECK enum err selftest_keys_read(struct arena *arena, const char *json, size_t size,
    struct selftest_keys *ret, enum mistake *ret_mistake);

#endif
