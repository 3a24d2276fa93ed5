#ifndef HANDLERS_COMMON_DEED_H
#define HANDLERS_COMMON_DEED_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/names.h"
#include "sql/db/db.h"

/*
 * The end of a handler that changes something: the audit row, the kept answer
 * for an Idempotency-Key, the commit and the reply, in that order and in one
 * place.
 *
 * object: "noun/key"; detail: key=value or "".
 * body: JSON as of answer_text(), in the arena; NULL with status 204.
 */
MUST_CHECK enum err deed_done(struct req *q, struct sql_tx *tx, enum deed deed, const char *object,
    const char *detail, int status, const char *body);

/* An audit row without commit, for deeds that have several, and for reading (downloads). */
MUST_CHECK enum err
deed_note(struct req *q, struct sql_tx *tx, enum deed deed, const char *object, const char *detail);

/*
 * The gate GATE_ONCE: a repeated Idempotency-Key is answered from the kept answer. A copy that
 * comes while the first is at work waits for what that is answered, and gets the same, a refusal
 * too. ERR_UNAVAILABLE when that takes longer than ONCE_WAIT seconds.
 */
#define ONCE_WAIT 10
MUST_CHECK enum err deed_gate_once(struct req *q);
/* After each request: those who wait for it may go on. */
void deed_end(struct req *q);

#endif
