#include "handlers/admin/staff_password.h"

#include <string.h>

#include "fcgi/base/time.h"
#include "fcgi/crypto/password.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"

#define LIFETIME (3 * DAY)

enum err
staff_password_make(struct req *q, struct staff_password *ret)
{
	struct staff_password made = { .text = password_random(q->arena),
		.until = q->now + LIFETIME };

	TRY(password_hash(q->arena, made.text, &made.hash));
	*ret = made;
	return ERR_OK;
}

enum err
staff_password_send(struct req *q, struct sql_tx *tx, struct staff_password *made,
    const struct staff *to)
{
	char *phone;

	TRY(unseal_text(q, PURPOSE_STAFF_PHONE, to->account, to->phone_sealed, &phone));
	enum err e = notify_sms(q, tx, NOTICE_STAFF_PASSWORD, phone,
	    (const char *const[4]){ to->account, made->text });
	explicit_bzero(made->text, strlen(made->text));
	return e;
}
