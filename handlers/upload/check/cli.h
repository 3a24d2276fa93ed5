#ifndef HANDLERS_UPLOAD_CHECK_CLI_H
#define HANDLERS_UPLOAD_CHECK_CLI_H

#include "fcgi/base/arena.h"

/*
 * `portal inspect --slot SLOT FILE…`: per file a line FILE<TAB>accepted or FILE<TAB>refused<TAB>reason.
 * Returns the exit status: 0 all accepted, 1 some refused, 2 no such slot or
 * a file that cannot be read.
 */
int inspect_main(struct arena *arena, const char *slot, char *const files[], size_t count);

#endif
