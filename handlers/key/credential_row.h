#ifndef HANDLERS_KEY_CREDENTIAL_ROW_H
#define HANDLERS_KEY_CREDENTIAL_ROW_H

#include "fcgi/http/request.h"
#include "sql/key/credential.h"

/* The row what is sealed of a credential is bound to: handlers/common/sealing.h. */
const char *credential_row(const struct req *q, const struct channel_credential *c);

#endif
