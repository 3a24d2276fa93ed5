#ifndef HANDLERS_IMPORT_IMPORT_H
#define HANDLERS_IMPORT_IMPORT_H

#include "fcgi/http/answer.h"
#include "sql/catalogue/import.h"
#include "sql/record/job.h"

/*
 * 机构目录 from a file, CSV or .xlsx: a job looks at every row and says what is
 * wrong with each bad one and what the good ones would change; only then, and
 * only when asked, another job takes the good ones over, all or none. The same
 * file again changes nothing.
 */
#define IMPORT_FILE_MAX ((size_t)64 << 20) /* bytes */
#define IMPORT_ROWS_MAX 300000

/* POST /imports?file=NAME - the body is the file; 202, row_added_answer. */
MUST_CHECK enum err import_upload(struct req *q);
/* GET /imports - the last ones. */
extern const struct answer imports_answer;
MUST_CHECK enum err import_index(struct req *q);
/* GET /imports/{id}?cursor= - state, counts and a page of bad rows. */
extern const struct answer import_answer;
MUST_CHECK enum err import_show(struct req *q);
/* GET /imports/{id}/missing?cursor= - who would end, or did. */
extern const struct answer import_missing_answer;
MUST_CHECK enum err import_missing_index(struct req *q);
/* GET /import-template - .xlsx with the titles. */
extern const struct answer import_template_answer;
MUST_CHECK enum err import_template(struct req *q);
/*
 * POST /imports/{id}/run - 202, row_added_answer: take the good rows over, and end those that are
 * missing when the form says so (handlers/rules/form/admin_form.h). ERR_CONFLICT unless it was checked.
 */
MUST_CHECK enum err import_run_ask(struct req *q);

/* The two jobs. */
MUST_CHECK enum err import_check_run(struct req *q, struct sql_tx *tx, const struct job *job);
MUST_CHECK enum err
import_give_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note);
MUST_CHECK enum err import_take_run(struct req *q, struct sql_tx *tx, const struct job *job);

#endif
