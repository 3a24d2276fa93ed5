#ifndef HANDLERS_UPLOAD_CHECK_KNOWN_H
#define HANDLERS_UPLOAD_CHECK_KNOWN_H

#include "handlers/rules/table/names.h"
#include "handlers/upload/check/bytes.h"

/*
 * Files of kinds that no slot takes, but people have: known by their beginning, so that they can be
 * told what they chose and how to make something else of it.
 */

/* REASON_IS_..., or REASON_KIND for none of them. */
enum reason known_as(struct bytes file);

/* Is it a whole picture of one of those kinds? Small ones of other kinds may lie in it. */
bool known_picture(struct bytes file);

#endif
