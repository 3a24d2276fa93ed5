#ifndef HANDLERS_ACCOUNT_OWNER_H
#define HANDLERS_ACCOUNT_OWNER_H

#include "handlers/common/notify.h"
#include "handlers/rules/table/kinds.h"

/*
 * What happened to an account is told to whom it belongs, in the transaction of its cause: by
 * 站内消息, and by SMS to the 经办人's own phone, or to that of a unit's 法定代表人 once 资质认证
 * has passed. The notice's {0} is the time.
 */
MUST_CHECK enum err
owner_tell(struct req *q, struct sql_tx *tx, enum role role, int64_t user_id, enum notice notice);

/* He signed in: from a browser he never used, though he has used others? Before device_remember(). */
MUST_CHECK enum err
owner_tell_device(struct req *q, struct sql_tx *tx, enum role role, int64_t user_id);

#endif
