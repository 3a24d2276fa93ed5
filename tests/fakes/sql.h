#ifndef TESTS_FAKES_SQL_H
#define TESTS_FAKES_SQL_H

#include "sql/db/db.h"

/*
 * Stands in for sql/db/db.c at link time: transactions that are counted, and any
 * call that can be made to fail. Fakes of nouns say fake_call() first.
 */
extern struct fake_sql {
	unsigned calls;   /* to the store so far */
	unsigned fail_at; /* this one (1 = first) answers ERR_UNAVAILABLE; 0 none */
	unsigned begun, committed, rolled_back;
	/* What the nouns' fakes keep is saved at begin and set back at rollback; or NULL. */
	void (*save)(void);
	void (*restore)(void);
} fake_sql;

/* All counts to zero; save and restore stay. */
void fake_sql_reset(void);
/* One call to the store: ERR_UNAVAILABLE when it is the one to fail. */
MUST_CHECK enum err fake_call(void);

#endif
