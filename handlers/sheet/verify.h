#ifndef HANDLERS_SHEET_VERIFY_H
#define HANDLERS_SHEET_VERIFY_H

#include "fcgi/http/answer.h"
#include "sql/db/db.h"

/* 反馈单核验: open to anyone who has a sheet, or its number; says nothing about keys. */

/* GET /verify/key - what `portal verify` needs. */
extern const struct answer verify_key_answer;
MUST_CHECK enum err verify_key_show(struct req *q);
/* GET /verify/{key} - 有效, 已换发, 已作废 or 查无此单, and what the sheet is about. */
extern const struct answer standing_answer;
MUST_CHECK enum err verify_show(struct req *q);
/*
 * POST /verify, the PDF as body - as above of the sheet it is; status "altered" when it was changed,
 * "resaved" when it only says the same (handlers/sheet/resaved.h), "unsealed" when it is no sheet of
 * this platform.
 */
MUST_CHECK enum err verify_file(struct req *q);

#define VERIFY_FILE_MAX ((size_t)1024 * 1024) /* printed to PDF again they grow */

/* `portal verify FILE.pdf --key PUBLIC`: base64 or a file that holds it. 0 genuine, 1 not, 2 usage. */
int verify_cli(struct req *q, int argc, char *argv[]);

/* The platform's key for sheets, made if there is none: part of `portal migrate`. */
MUST_CHECK enum err sheet_key_ensure(struct req *q);
/*
 * The sheet's bytes with the platform's seal (handlers/sheet/seal.h): the same as the last time, if the
 * bytes are.
 */
MUST_CHECK enum err
sheet_sign(struct req *q, struct sql_tx *tx, const char *number, unsigned char **pdf, size_t *size);

#endif
