#ifndef HANDLERS_SHEET_SEAL_H
#define HANDLERS_SHEET_SEAL_H

#include "fcgi/sm.h"

/*
 * The platform's signature of a sheet (反馈单核验): one comment line behind the
 * PDF's %%EOF, which readers of PDF ignore:
 *
 *   %jieru-sheet 1 <number> <SM3 of all bytes before this line, hex> <signature, base64>
 *
 * The signature is SM2 with SM3, the usual user id, over the line's text from
 * "jieru-sheet" up to the digest. Whoever has the public key and the file needs
 * nothing else; one changed byte anywhere, and it is no sheet any more. Pure.
 */
#define SHEET_NUMBER_SIZE 32

/* The bytes with their seal, in the arena. ERR_INVALID: the private key is out of range. */
MUST_CHECK enum err sheet_seal(struct arena *arena,
    const unsigned char private_key[SM2_PRIVATE_SIZE], const char *number, const unsigned char *pdf,
    size_t size, unsigned char **ret, size_t *ret_size);

/*
 * ret_number: of the sheet that was sealed.
 *
 * ERR_NOT_FOUND  the file carries no seal
 * ERR_INVALID    it does, but file, seal and key do not belong together
 */
MUST_CHECK enum err
sheet_unseal(struct arena *arena, const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char *file, size_t size, char ret_number[SHEET_NUMBER_SIZE + 1]);

#endif
