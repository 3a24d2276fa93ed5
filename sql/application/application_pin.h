#ifndef SQL_APPLICATION_APPLICATION_PIN_H
#define SQL_APPLICATION_APPLICATION_PIN_H

#include "sql/db/db.h"

/*
 * 批注: what a bureau says about one field of the form it reviews, or about a page or a
 * second of a file. A draft until the decision it goes out with; who writes drafts holds
 * the application's row: application_lock().
 */
enum pin_kind { PIN_WHOLE = 0, PIN_PAGE = 1, PIN_SECOND = 2 };

struct application_pin {
	int64_t id;
	int64_t event_id; /* sent with this decision; 0: a draft */
	int64_t staff_id;
	const char *field;
	unsigned kind; /* enum pin_kind */
	int64_t place; /* page or second, from 1; 0 with PIN_WHOLE */
	const char *text;
	int64_t created_at;
};

/* At most so many drafts of one officer about one application. */
#define APPLICATION_PINS_MAX 100

/* All that were sent, in the order of their decisions. */
MUST_CHECK enum err application_pins(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_pin **ret, size_t *ret_count);
/* A field that was pinned to. */
struct pinned_field {
	const char *name;
};
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
struct review_draft {
	const char *event;  /* of decision_choices; NULL not chosen yet */
	const char *remark; /* or NULL */
	int64_t updated_at;
};
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
