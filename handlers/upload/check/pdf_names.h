#ifndef HANDLERS_UPLOAD_CHECK_PDF_NAMES_H
#define HANDLERS_UPLOAD_CHECK_PDF_NAMES_H

#include "handlers/rules/table/names.h"
#include "handlers/upload/check/bytes.h"

/* Words of PDF, one after the other, and the names among them that matter. */

struct pdf_words {
	struct bytes text;
	size_t at;
	enum reason reason; /* the first against a name that stood there */
	bool packed;        /* a name said that objects are packed in streams */
	bool picture;       /* a name said that the stream is a JPEG */
	bool note;          /* a comment held something foreign */
	uint64_t length;    /* the last /Length that was a number, UINT64_MAX for none */
};

/* The next word: what it is made of, empty at the end. Strings and comments are skipped. */
struct bytes pdf_next(struct pdf_words *w);

/* Is it that keyword? */
static inline bool
pdf_is(struct bytes word, const char *keyword, size_t size)
{
	return word.size == size && holds(word, 0, keyword, size);
}
#define PDF_IS(word, literal) pdf_is((word), (literal), sizeof(literal) - 1)

bool pdf_is_number(struct bytes word);

/* The word, when it is a number; UINT64_MAX when it is none. */
uint64_t pdf_number(struct bytes word);

/* Past white space and comments; a comment with something foreign in it sets note. */
void pdf_skip(struct pdf_words *w);

#endif
