#ifndef HANDLERS_UPLOAD_CHECK_INFLATE_H
#define HANDLERS_UPLOAD_CHECK_INFLATE_H

#include <zlib.h>

#include "handlers/upload/check/bytes.h"

/*
 * Compressed data looked through to its end without keeping it, in memory that
 * does not depend on the file. One at a time.
 */
struct inflated {
	bool whole;          /* the data ended by itself, and nothing was wrong in it */
	uint64_t used, size; /* bytes read, bytes they became */
	uint32_t crc;        /* of those; only for raw data */
	unsigned char *keep; /* the first bytes are copied here when it is not NULL */
	size_t keep_max;
};

/* raw: as in ZIP, otherwise with zlib's header. Stops beyond max bytes, then !whole and size > max. */
void inflate_begin(bool raw);
void inflate_more(struct inflated *i, struct bytes piece, uint64_t max);
void inflate_end(void);
/* Bytes came out: raw data, with its checksum. */
void inflated_add(struct inflated *i, const unsigned char *bytes, size_t size);

#endif
