#ifndef TESTS_SUPPORT_APPLICATIONS_H
#define TESTS_SUPPORT_APPLICATIONS_H

#include "sql/application/application.h"
#include "tests/support/database.h"

/* Applications on a real database, and the steps they take, for the tests of what is about them. */

#define NOW 1700000000
#define OK(call) CU_ASSERT_EQUAL_FATAL((call), ERR_OK)

/* One transaction around one statement of the store. */
#define WRITE(result, call)                                                                        \
	do {                                                                                       \
		struct sql_tx tx = { 0 };                                                          \
		OK(sql_begin(&tx, db));                                                            \
		CU_ASSERT_EQUAL_FATAL((call), (result));                                           \
		if ((result) == ERR_OK)                                                            \
			OK(sql_commit(&tx));                                                       \
		sql_tx_end(&tx);                                                                   \
	} while (0)

/* Local bureau of the next drafts; province and nation are +1 and +2. */
extern int64_t bureau;

int64_t new_unit(void);
struct application new_draft(int64_t unit_id, int64_t institution_id);
/* Answers of an own new application of that name; `a` is read again. */
void fill(struct application *a, const char *app_name);
/* A step of the procedure's table, and that it cannot be taken twice; `a` is read again. */
void take(struct application *a, enum event event, enum desk who);
void pass_all(struct application *a);
void claim(struct application *a, const char *name, const char *sole, enum err expected);

#endif
