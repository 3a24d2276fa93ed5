#ifndef HANDLERS_UPLOAD_CHECK_SCAN_H
#define HANDLERS_UPLOAD_CHECK_SCAN_H

#include "handlers/upload/check/bytes.h"

/*
 * Where one of many marks may begin: all bytes of a file are passed once, at
 * several GB per second where the processor has AVX2, so that only some places
 * need a closer look. It misses none; it may name places where there is none.
 */

#define SCAN_GROUPS 8 /* marks of a group are told apart less well from mixtures of them */

/* The first three bytes of a mark. group: below SCAN_GROUPS, equal for marks alike. */
void scan_add(const char *three, unsigned group);

/* The first place from `at` on, area.size when there is none. */
size_t scan_next(struct bytes area, size_t at);

#endif
