#ifndef HANDLERS_SITE_DICTIONARIES_H
#define HANDLERS_SITE_DICTIONARIES_H

#include "fcgi/http/answer.h"

/*
 * The choice lists people keep on the intranet site, in this process's memory:
 * read again when they are DICTIONARIES_AGE old, so a change acts at every
 * worker within that time. While the database is away the last ones hold;
 * before any were read, those the program was built with.
 */
#define DICTIONARIES_AGE 10 /* seconds */

/* The gate of every route with a session: brings them up to date. Never refuses. */
MUST_CHECK enum err dictionaries_gate(struct req *q);
/* Those that may be chosen, for form_set_dictionaries(); NULL: not read yet, or no such list. */
const struct choice *dictionaries_current(const char *name);
/* What people read for a code, also one that may not be chosen any more; NULL for none. */
const char *dictionaries_text(const char *name, const char *code);

/* GET /dictionaries - as they are now; a list that has no entry is left out. */
extern const struct answer dictionaries_answer;
MUST_CHECK enum err dictionaries_show(struct req *q);

/* Adds to the table what the program knows and it lacks; for `portal migrate`. */
MUST_CHECK enum err dictionaries_ensure(struct req *q);

#endif
