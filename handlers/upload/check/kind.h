#ifndef HANDLERS_UPLOAD_CHECK_KIND_H
#define HANDLERS_UPLOAD_CHECK_KIND_H

#include "handlers/rules/table/names.h"
#include "handlers/rules/table/slots.h"
#include "handlers/upload/check/bytes.h"

/*
 * Is it a sound file of that kind, by its own structure and as libmagic sees
 * it? After magic_init() only.
 */
enum reason inspect_kind(enum file_kind kind, struct bytes file);

#endif
