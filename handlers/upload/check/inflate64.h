#ifndef HANDLERS_UPLOAD_CHECK_INFLATE64_H
#define HANDLERS_UPLOAD_CHECK_INFLATE64_H

#include "handlers/upload/check/inflate.h"

/*
 * Deflate64, as Windows packs what is large, and 7-Zip when it is asked to: raw data, whole in
 * memory. Neither zlib nor libarchive 3.6 reads it. As inflate_more(), from its beginning.
 */
void inflate64(struct inflated *i, struct bytes data, uint64_t max);

#endif
