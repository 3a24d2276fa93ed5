#ifndef HANDLERS_KEY_KEY_TEXT_H
#define HANDLERS_KEY_KEY_TEXT_H

#include <stdbool.h>

#include "fcgi/base/arena.h"
#include "fcgi/crypto/sm2.h"

/*
 * Keys as people paste them and other tools write them: hex or base64 in either alphabet, with
 * blanks, line ends, colons, 0x and labels; the bare point (with or without 04, or compressed) or
 * number; SubjectPublicKeyInfo, a certificate, SEC1, PKCS#8, as DER or PEM; what `openssl -text`
 * prints; x and y by name. What was decoded is wiped.
 */
enum key_text {
	SM2_TEXT_PUBLIC,
	SM2_TEXT_PRIVATE,     /* a private key, or what must be taken for one */
	SM2_TEXT_P256,        /* a public key, but of NIST P-256 */
	SM2_TEXT_OTHER_CURVE, /* a public key of yet another curve */
	SM2_TEXT_RSA,
	SM2_TEXT_INFINITY,  /* the point at infinity */
	SM2_TEXT_OFF_CURVE, /* as long as a public key, but no point of SM2 */
	SM2_TEXT_UNKNOWN
};

/* ret_key is filled for SM2_TEXT_PUBLIC alone. */
enum key_text
key_text_public(struct arena *arena, const char *text, unsigned char ret_key[SM2_PUBLIC_SIZE]);
/*
 * Is there a private key inside, of whatever kind, encrypted or not, alone or among other things?
 * Its namesake in web/public/parts/privateKey.ts asks before anything leaves the browser; both are
 * held equal by tests/vectors/key_texts.json.
 */
bool key_text_gives_away(struct arena *arena, const char *text);
/* ERR_INVALID: no private key of SM2 inside. */
MUST_CHECK enum err
key_text_private(struct arena *arena, const char *text, unsigned char ret_key[SM2_PRIVATE_SIZE]);
/* r‖s as hex or base64 of 64 bytes. ERR_INVALID: anything else, DER too. */
MUST_CHECK enum err key_text_signature(struct arena *arena, const char *text,
    unsigned char ret_signature[SM2_SIGNATURE_SIZE]);

#endif
