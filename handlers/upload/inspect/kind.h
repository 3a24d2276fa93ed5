#ifndef HANDLERS_UPLOAD_INSPECT_KIND_H
#define HANDLERS_UPLOAD_INSPECT_KIND_H

#include "handlers/rules/inspect_reason.h"
#include "handlers/rules/kinds.h"
#include "handlers/upload/inspect/bytes.h"

/*
 * Is it a sound file of that kind, by its own structure and as libmagic sees
 * it? After magic_init() only.
 */
enum reason inspect_kind(enum file_kind kind, struct bytes file);

#endif
