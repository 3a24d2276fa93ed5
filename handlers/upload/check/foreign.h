#ifndef HANDLERS_UPLOAD_CHECK_FOREIGN_H
#define HANDLERS_UPLOAD_CHECK_FOREIGN_H

#include "handlers/upload/check/marks.h"

/* What else stands in a file that has no place in it: marks, and what only a look shows. */

/* For what was left over in a file: foreign_inside() with none allowed, and short marks at the very start. */
bool foreign_in_gap(struct bytes area);
/* For comments and free space, which nobody shows: the same, and words of a script. */
bool foreign_in_note(struct bytes area);
/* The same, but marks of these kinds may stand there. */
bool foreign_in_note_but(struct bytes area, unsigned allowed);

/* Is it also one of the formats whose readers look at one fixed place, whatever stands before it? */
bool foreign_at_its_place(struct bytes file);

/* Does a header of PDF stand where its readers look for one: in the first 1,024 bytes? */
bool begins_as_pdf(struct bytes file);

/* Is there nothing but white space and NUL? */
bool is_blank(struct bytes area);

#endif
