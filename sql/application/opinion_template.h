#ifndef SQL_APPLICATION_OPINION_TEMPLATE_H
#define SQL_APPLICATION_OPINION_TEMPLATE_H

#include "sql/db/db.h"

/* 常用意见: of one bureau, or of the nation's and offered to every bureau. */
struct opinion_template {
	int64_t id;
	int64_t bureau_id;
	bool national;
	const char *event; /* of decision_choices; NULL either */
	const char *title, *text;
	int64_t updated_at;
};

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
