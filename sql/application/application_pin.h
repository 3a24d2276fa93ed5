#ifndef SQL_APPLICATION_APPLICATION_PIN_H
#define SQL_APPLICATION_APPLICATION_PIN_H

#include "sql/db/db.h"

/*
 * 批注: what a bureau says about one field of the form it reviews, or about a page or a
 * second of a file. A draft until the decision it goes out with; who writes drafts holds
 * the application's row: application_lock().
 */
enum pin_kind { PIN_WHOLE = 0, PIN_PAGE = 1, PIN_SECOND = 2 };

#define APPLICATION_PIN_COLUMNS(C, E)                                                              \
	C(INT, a, id)                                                                              \
	C(INT, a, event_id) /* sent with this decision; 0: a draft */                              \
	C(INT, a, staff_id)                                                                        \
	C(TEXT, a, field)                                                                          \
	C(CODE, a, kind) /* enum pin_kind */                                                       \
	C(INT, a, place) /* page or second, from 1; 0 with PIN_WHOLE */                            \
	C(TEXT, a, text)                                                                           \
	C(INT, a, created_at)
SQL_ROW(application_pin, APPLICATION_PIN_COLUMNS)

/* At most so many drafts of one officer about one application. */
#define APPLICATION_PINS_MAX 100

/* All that were sent, in the order of their decisions. */
MUST_CHECK enum err application_pins(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_pin **ret, size_t *ret_count);
/* A field that was pinned to. */
#define PINNED_FIELD_COLUMNS(C, E) E(TEXT, name, "a.field")
SQL_ROW(pinned_field, PINNED_FIELD_COLUMNS)
/* Those of the application's last 驳回, each once. */
MUST_CHECK enum err application_pinned(struct sql *db, struct arena *arena, int64_t application_id,
    const struct pinned_field **ret, size_t *ret_count);
/* Drafts of one officer, as they were written. */
MUST_CHECK enum err
application_pin_drafts(struct sql *db, struct arena *arena, int64_t application_id,
    int64_t staff_id, const struct application_pin **ret, size_t *ret_count);

/* A draft; p->id and p->event_id are ignored. */
MUST_CHECK enum err application_pin_add(struct sql_tx *tx, int64_t application_id,
    const struct application_pin *p, int64_t *ret_id);
/* Of a draft of this officer: what it says. ERR_NOT_FOUND. */
MUST_CHECK enum err
application_pin_change(struct sql_tx *tx, int64_t application_id, const struct application_pin *p);
MUST_CHECK enum err
application_pin_delete(struct sql_tx *tx, int64_t application_id, int64_t staff_id, int64_t id);

/* An opinion that is being written. */
#define REVIEW_DRAFT_COLUMNS(C, E)                                                                 \
	C(TEXT, r, event)  /* of decision_choices; NULL not chosen yet */                          \
	C(TEXT, r, remark) /* or NULL */                                                           \
	C(INT, r, updated_at)
SQL_ROW(review_draft, REVIEW_DRAFT_COLUMNS)
/* ERR_NOT_FOUND. */
MUST_CHECK enum err review_draft_get(struct sql *db, struct arena *arena, int64_t application_id,
    int64_t staff_id, struct review_draft *ret);
MUST_CHECK enum err review_draft_put(struct sql_tx *tx, int64_t application_id, int64_t staff_id,
    const struct review_draft *d);

/* The officer's drafts go out with the application's newest event, which is his decision. */
MUST_CHECK enum err review_drafts_send(struct sql_tx *tx, int64_t application_id, int64_t staff_id);
/* Drafts of a colleague are another's from now on, where that one has none of his own. */
MUST_CHECK enum err
review_drafts_hand(struct sql_tx *tx, int64_t application_id, int64_t from, int64_t to);
/* It has left the desk: what is still a draft is gone. */
MUST_CHECK enum err review_drafts_drop(struct sql_tx *tx, int64_t application_id);

#endif
