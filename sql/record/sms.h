#ifndef SQL_RECORD_SMS_H
#define SQL_RECORD_SMS_H

#include "sql/db/db.h"

/*
 * The outbox of SMS (M-5): a row and its job, sent by `portal jobs`.
 *
 * waiting -> sending (committed before the gateway is asked) -> sent, given up,
 * back to waiting, or uncertain: asked, and nobody knows whether it went out.
 * An uncertain one is not sent again. A gateway's report makes sent or
 * uncertain delivered or undelivered; it may come before we know it was sent.
 */
enum sms_state {
	SMS_WAITING = 1,
	SMS_SENT = 2,
	SMS_GIVEN_UP = 3,
	SMS_SENDING = 4,
	SMS_UNCERTAIN = 5,
	SMS_DELIVERED = 6,
	SMS_UNDELIVERED = 7
};

#define SMS_JOB "send_sms" /* kind of the job; its subject is the message's id */
/* purposes of the sealed columns, fcgi/crypto/keyring.h */
#define SMS_PHONE "sms.phone"
#define SMS_TEXT "sms.text"
#define SMS_ARGUMENTS "sms.arguments"

#define SMS_MESSAGE_COLUMNS(C, E)                                                                  \
	C(INT, s, id)                                                                              \
	E(TEXT, template_name, "s.template") /* of a row of notice.def */                          \
	C(TEXT, s, phone_sealed)             /* SMS_PHONE */                                       \
	C(TEXT, s, text_sealed)              /* SMS_TEXT; NULL once it has left or is given up */  \
	C(TEXT, s, arguments_sealed)         /* SMS_ARGUMENTS, a JSON array; NULL likewise */      \
	C(TEXT, s, reference)                /* 32 hex digits; the gateway reports under it */     \
	C(CODE, s, state)                    /* enum sms_state */                                  \
	C(INT, s, attempts)                                                                        \
	C(TEXT, s, note) /* what went wrong last; NULL for nothing */                              \
	C(INT, s, created_at)                                                                      \
	C(INT, s, sent_at) /* 0: not yet */
SQL_ROW(sms_message, SMS_MESSAGE_COLUMNS)

/* Also adds the job that sends it, now. state, attempts, note, sent_at are not looked at. */
MUST_CHECK enum err sms_add(struct sql_tx *tx, const struct sms_message *sms, int64_t *ret_id);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err
sms_get(struct sql *db, struct arena *arena, int64_t id, struct sms_message *ret);
/* Newest first; state 0: all. */
MUST_CHECK enum err sms_list(struct sql *db, struct arena *arena, unsigned state, int64_t limit,
    const struct sms_message **ret, size_t *ret_count);

/*
 * One more attempt begins: waiting becomes sending, counted. One that is still
 * being sent became uncertain: the attempt before never ended.
 */
MUST_CHECK enum err sms_begin(struct sql_tx *tx, int64_t id, int64_t now);
/* The attempt ended without it having been sent; back to waiting. note: why. */
MUST_CHECK enum err sms_wait(struct sql_tx *tx, int64_t id, const char *note);
/*
 * The end of one that is waiting or being sent: SMS_SENT, SMS_GIVEN_UP or
 * SMS_UNCERTAIN. The text is forgotten, but that of a notice given up, which may be
 * sent again by hand until sms_forget(). note: why; NULL for nothing to say.
 */
MUST_CHECK enum err
sms_end(struct sql_tx *tx, int64_t id, enum sms_state state, const char *note, int64_t now);
/* The texts of notices given up that were asked for before `before`, at most `limit`. */
MUST_CHECK enum err sms_forget(struct sql_tx *tx, int64_t before, int64_t limit);
/* What the gateway reports of one that was sent; ERR_NOT_FOUND when there is no such. */
MUST_CHECK enum err
sms_report(struct sql_tx *tx, const char *reference, bool delivered, int64_t now);

/*
 * One SMS of the budget of that day (yyyymmdd): counted in the transaction that
 * adds it, in one row, so never more than `most` are. *ret_within false: used up.
 */
MUST_CHECK enum err sms_budget(struct sql_tx *tx, int64_t day, int64_t most, bool *ret_within);

/*
 * A code is used up, for good: `index` names purpose, phone and digits (64 hex
 * digits). ERR_EXISTS when it was used before.
 */
MUST_CHECK enum err sms_code_spend(struct sql_tx *tx, const char *index, int64_t now);
/* Forget those used before `before`, at most `limit`; a code lives five minutes. */
MUST_CHECK enum err sms_code_purge(struct sql_tx *tx, int64_t before, int64_t limit);

#endif
