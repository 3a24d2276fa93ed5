#ifndef HANDLERS_SHEET_RESAVED_H
#define HANDLERS_SHEET_RESAVED_H

#include <stdbool.h>

#include "fcgi/crypto/sm2.h"
#include "fcgi/http/request.h"
#include "sql/key/sheet.h"

/*
 * A file that is no sheet as it was issued: one that somebody saved again, annotated, signed or
 * printed to PDF still says what its sheet says; a forged one does not. Neither is ever good: who
 * saved it again is asked for the file that was downloaded. What a PDF says is read in the checker's
 * jail (handlers/upload/read/reader.h).
 */
struct resaved {
	const char *number; /* of the sheet it is about; NULL: of none that is known */
	struct sheet_standing sheet;
	bool same; /* it says what the sheet says */
};

MUST_CHECK enum err resaved_judge(struct req *q, const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char *file, size_t size, struct resaved *ret);

#endif
