#ifndef HANDLERS_UPLOAD_STORED_FILE_H
#define HANDLERS_UPLOAD_STORED_FILE_H

#include "fcgi/http/answer.h"

/* A file, wherever an answer says which one answers a field. */
struct stored_file_answer {
	const char *id, *name;
	int64_t size;
	const char *type, *digest;
	const char *scan; /* scan_text() */
};
extern const struct answer stored_file_answer;

/* Of an upload. *ret NULL: id is, or it is gone. */
MUST_CHECK enum err
stored_file_answer_fill(struct req *q, const char *id, const struct stored_file_answer **ret);

#endif
