#ifndef SQL_APPLICATION_OPINION_TEMPLATE_H
#define SQL_APPLICATION_OPINION_TEMPLATE_H

#include "sql/db/db.h"

/* 常用意见: of one bureau, or of the nation's and offered to every bureau. */
#define OPINION_TEMPLATE_COLUMNS(C, E)                                                             \
	C(INT, o, id)                                                                              \
	C(INT, o, bureau_id)                                                                       \
	C(BOOL, o, national)                                                                       \
	C(TEXT, o, event) /* of decision_choices; NULL either */                                   \
	C(TEXT, o, title)                                                                          \
	C(TEXT, o, text)                                                                           \
	C(INT, o, updated_at)
SQL_ROW(opinion_template, OPINION_TEMPLATE_COLUMNS)

#define OPINION_TEMPLATES_MAX 200 /* of one bureau */

/* The bureau's own and those offered to all, its own first. */
MUST_CHECK enum err opinion_templates(struct sql *db, struct arena *arena, int64_t bureau_id,
    const struct opinion_template **ret, size_t *ret_count);
/* t->id is ignored. */
MUST_CHECK enum err
opinion_template_add(struct sql_tx *tx, const struct opinion_template *t, int64_t *ret_id);
/* By t->id, of t->bureau_id. ERR_NOT_FOUND. */
MUST_CHECK enum err opinion_template_change(struct sql_tx *tx, const struct opinion_template *t);
MUST_CHECK enum err opinion_template_delete(struct sql_tx *tx, int64_t bureau_id, int64_t id);

#endif
