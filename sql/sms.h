#ifndef SQL_SMS_H
#define SQL_SMS_H

#include "sql/db.h"

/* The outbox of SMS (design.md §3): a row and its job, sent by `portal jobs`. */
enum sms_state { SMS_WAITING = 1, SMS_SENT = 2, SMS_GIVEN_UP = 3 };

#define SMS_JOB "send_sms" /* kind of the job; its subject is the message's id */
/* purposes of the two sealed columns, fcgi/keyring.h */
#define SMS_PHONE "sms.phone"
#define SMS_TEXT "sms.text"

struct sms_message {
	int64_t id;
	const char *template_name;
	const char *phone_sealed; /* SMS_PHONE */
	const char *text_sealed;  /* SMS_TEXT; NULL once sent or given up */
	unsigned state;           /* enum sms_state */
};

/* Also adds the job that sends it. *ret_id may be NULL. */
MUST_CHECK enum err sms_add(struct sql_tx *tx, const char *template_name, const char *phone_sealed,
    const char *text_sealed, int64_t now, int64_t *ret_id);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err
sms_get(struct sql *db, struct arena *arena, int64_t id, struct sms_message *ret);
/* The text is forgotten. */
MUST_CHECK enum err sms_sent(struct sql_tx *tx, int64_t id, int64_t now);
MUST_CHECK enum err sms_give_up(struct sql_tx *tx, int64_t id);

#endif
