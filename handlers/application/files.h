#ifndef HANDLERS_APPLICATION_FILES_H
#define HANDLERS_APPLICATION_FILES_H

#include "fcgi/http/request.h"
#include "sql/application/application_file.h"

/*
 * The file fields of the two forms: members that hold the key of an upload.
 * `answers` is the struct of `form`. One look at the form's slots serves both.
 */

/*
 * Every file is a stored upload of this unit and of the field's slot; others
 * are refused by name, which form_end() tells.
 */
MUST_CHECK enum err
files_check(struct req *q, const struct form *form, const void *answers, int64_t unit_id);
/* Keep them as what answers the fields now. */
MUST_CHECK enum err
files_put(struct sql_tx *tx, int64_t application_id, const struct form *form, const void *answers);
/* Into the members. */
void files_fill(const struct form *form, void *answers, const struct application_file *files,
    size_t count);

/* {field: {id, name, size, type, digest}} of the form's fields. The caller owns the result. */
json_t *files_json(const struct form *form, const struct application_file *files, size_t count);
/* Into such an object, as it was filed: what the virus scanner says now. NULL or null is fine. */
MUST_CHECK enum err files_scan(struct req *q, int64_t application_id, json_t *files);
/* form_dump() without the file fields. The caller owns the result. */
json_t *answers_json(const struct form *form, const void *answers);

#endif
