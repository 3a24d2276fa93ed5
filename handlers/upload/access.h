#ifndef HANDLERS_UPLOAD_ACCESS_H
#define HANDLERS_UPLOAD_ACCESS_H

#include "fcgi/http/request.h"
#include "sql/application/upload.h"

/* The upload q->key names, for those who may see it. A stranger's is ERR_NOT_FOUND, as if it were none. */

/* ERR_NOT_FOUND unless the person who asks began it, for the unit he acts for now. */
MUST_CHECK enum err upload_is_mine(const struct req *q, const struct upload *u);

/*
 * ERR_NOT_FOUND unless one may go on with it: it is theirs, was not refused, and
 * its Upload-Expires has not passed, whether the janitor has been there or not.
 */
MUST_CHECK enum err upload_goes_on(const struct req *q, const struct upload *u);

/* Files are for who holds the business, among the unit's operators; but for its licence. */
MUST_CHECK enum err upload_slot_open(struct req *q, const char *slot, bool *ret);

/* For the people of its unit, and for officers of a bureau it was filed with. */
MUST_CHECK enum err upload_to_read(struct req *q, struct upload *ret);

/*
 * What a partial upload may go on from, to u->received: what the row says, or
 * less when the disk has less (a move that was not committed, a disk set back).
 */
MUST_CHECK enum err upload_durable(const struct req *q, struct upload *u);

/* "upload/<id>", for the audit. */
const char *upload_object(struct req *q, const char *id);

#endif
