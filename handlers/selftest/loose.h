#ifndef HANDLERS_SELFTEST_LOOSE_H
#define HANDLERS_SELFTEST_LOOSE_H

#include "handlers/selftest/value.h"

/* Text that should hold an object, as people's programs really write it. */
struct loose {
	const char *text; /* UTF-8, without BOM and what it was wrapped in */
	size_t size;
	const struct value *value; /* an object */
	bool bom, recoded,
	    wrapped; /* recoded: was no UTF-8; wrapped: was the text of a JSON text */
};
/* false: there is none, in UTF-8, GBK or UTF-16, with or without BOM. */
bool read_loose(struct arena *arena, const char *bytes, size_t size, struct loose *ret);
/* Well-formed UTF-8 without control characters: what random bytes are not. */
bool is_written(struct arena *arena, const unsigned char *bytes, size_t size);
/* Digits of hex and nothing else, at least one. */
bool is_hex(const char *text);
/* A copy with its ASCII letters small, in the arena. */
char *lower_case(struct arena *arena, const char *text);
/* %XX to bytes; with `plus` a + to a blank. In the arena, *ret_size long. */
char *url_decoded(struct arena *arena, const char *text, size_t size, bool plus, size_t *ret_size);
/* GBK bytes as UTF-8, and UTF-8 as another charset of iconv, appended to out. */
bool text_from(struct written *out, const char *charset, const char *bytes, size_t size);
bool text_to(struct written *out, const char *charset, const char *bytes, size_t size);

/* Where a text in it is Chinese no more (?, U+FFFD, another charset's letters), as people read it; or NULL. */
const char *value_garbled(struct arena *arena, const struct value *value);

#endif
