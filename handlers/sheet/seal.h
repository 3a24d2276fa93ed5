#ifndef HANDLERS_SHEET_SEAL_H
#define HANDLERS_SHEET_SEAL_H

#include "fcgi/base/arena.h"
#include "fcgi/crypto/sm2.h"

/*
 * The platform's signature of a sheet (反馈单核验): the fourth line of the file
 * from its end, in front of "startxref", the offset and "%%EOF":
 *
 *   %jieru-sheet 2 <number> <SM3 of all other bytes, hex> <signature, base64>
 *
 * The signature is SM2 with SM3, the usual user id, over the line's text from
 * "jieru-sheet" up to the digest. Whoever has the public key and the file needs
 * nothing else; one changed byte anywhere, and it is no sheet any more. Pure.
 *
 * A comment, because every reader of PDF passes over it: a signature field
 * would have to be CMS, and the readers people have call one with SM2 broken.
 * In front of the end, because nothing may follow %%EOF in PDF/A (ISO 19005-2,
 * 6.1.3). At a place counted from the end and not searched for, so that there
 * is one seal, and what is put behind it or laid over it moves it away.
 *
 * Sheets sealed before that have their line, with "jieru-sheet 1", behind
 * %%EOF, over all bytes before it. They stay good; none is made any more.
 */
#define SHEET_NUMBER_SIZE 32

/*
 * The bytes with their seal, in the arena.
 *
 * ERR_INVALID  the private key is out of range, or these are not the bytes of a
 *              PDF that ends as pdf_finish() ends it
 */
MUST_CHECK enum err sheet_seal(struct arena *arena,
    const unsigned char private_key[SM2_PRIVATE_SIZE], const char *number, const unsigned char *pdf,
    size_t size, unsigned char **ret, size_t *ret_size);

/*
 * What is signed of a PDF without its seal: SM3 of its bytes, hex. ERR_INVALID: these are not the
 * bytes of a PDF that ends as pdf_finish() ends it.
 */
MUST_CHECK enum err
sheet_digest(struct arena *arena, const unsigned char *pdf, size_t size, const char **ret);
/* As sheet_seal(), with a signature (base64) that was made of the same bytes before. */
MUST_CHECK enum err sheet_seal_again(struct arena *arena, const char *signature, const char *number,
    const unsigned char *pdf, size_t size, unsigned char **ret, size_t *ret_size);
/* The signature of bytes that sheet_seal() made. */
const char *sheet_signature(struct arena *arena, const unsigned char *file, size_t size);

/*
 * A sealed sheet with other bytes behind it, as programs leave it that save annotations or
 * signatures: its size, and its number. ERR_NOT_FOUND: there is none.
 */
MUST_CHECK enum err sheet_within(struct arena *arena,
    const unsigned char public_key[SM2_PUBLIC_SIZE], const unsigned char *file, size_t size,
    size_t *ret_size, char ret_number[SHEET_NUMBER_SIZE + 1]);

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
