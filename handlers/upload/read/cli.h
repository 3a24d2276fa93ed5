#ifndef HANDLERS_UPLOAD_READ_CLI_H
#define HANDLERS_UPLOAD_READ_CLI_H

#include "fcgi/base/arena.h"

/* `portal read FILE`: the text of a picture or PDF, as a licence's is read. Returns the exit status. */
int read_main(struct arena *arena, const char *path);

#endif
