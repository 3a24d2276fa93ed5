#ifndef HANDLERS_KEY_ISSUE_H
#define HANDLERS_KEY_ISSUE_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/kinds.h"
#include "sql/application/application.h"
#include "sql/key/credential.h"

/* Making keys and their sheets: for the first time, and anew. */

/* 数字密钥 and pairs, sealed in the row c names; a channel's pair for the test environment only. */
void credential_make(struct req *q, struct channel_credential *c);
/* What is sealed of c was sealed in the row of `from`, and is now in that of c. */
MUST_CHECK enum err
credential_move(struct req *q, const struct channel_credential *from, struct channel_credential *c);
/* A fresh 机构渠道认证编码, in the arena. */
const char *credential_code(struct req *q);
/* The sheets of the application's kind that show this credential, unless they are there. */
MUST_CHECK enum err credential_sheets(struct req *q, struct sql_tx *tx,
    const struct application *app, const struct channel_credential *c, int64_t replied_at);

#endif
