#ifndef HANDLERS_ADMIN_PUBLISH_H
#define HANDLERS_ADMIN_PUBLISH_H

#include "fcgi/http/answer.h"

/* What the 系统管理员 puts before the public: 公告 and the documents to download. */

#define DOCUMENT_MAX ((size_t)20 * 1024 * 1024) /* bytes */

/* GET /announcements - those in force now. */
extern const struct answer announcements_answer;
MUST_CHECK enum err announcement_index(struct req *q);
/* GET /documents - each with its versions, newest first. */
extern const struct answer documents_answer;
MUST_CHECK enum err document_index(struct req *q);
/* GET /documents/{word} - the newest version, or the one the program ships; X-Accel-Redirect. */
extern const struct answer document_file_answer;
MUST_CHECK enum err document_show(struct req *q);
/* POST /documents/{word}?file=NAME - the body is the file, looked at like any upload; 201. */
extern const struct answer document_added_answer;
MUST_CHECK enum err document_upload(struct req *q);

#endif
