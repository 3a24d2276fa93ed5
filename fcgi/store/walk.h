#ifndef FCGI_STORE_WALK_H
#define FCGI_STORE_WALK_H

#include "fcgi/store/file.h"

/* Looking through all of a store of files. */

enum file_place_kind { FILE_PARTIAL, FILE_KEPT, FILE_QUARANTINED, FILE_STRANGE };

/* Called for each file: what its place says it is, its name (hex) or, when strange, its path. */
typedef enum err
file_seen(void *context, enum file_place_kind kind, const char *name, int64_t changed_at);

/* Every file below the store, in no order. An error of `seen` ends it. */
MUST_CHECK enum err file_walk(const char *store, file_seen *seen, void *context);

#endif
