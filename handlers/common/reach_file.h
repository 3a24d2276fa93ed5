#ifndef HANDLERS_COMMON_REACH_FILE_H
#define HANDLERS_COMMON_REACH_FILE_H

#include "fcgi/http/request.h"

/* Was this upload filed in what he sees, or is it the 营业执照 of a unit he certifies? */
MUST_CHECK enum err reach_reads(struct req *q, const char *upload_id, bool *ret);

#endif
