#ifndef TESTS_FAKES_PEOPLE_STORE_H
#define TESTS_FAKES_PEOPLE_STORE_H

#include "sql/account/access.h"
#include "sql/account/invitation.h"
#include "sql/account/last_login.h"
#include "sql/account/operator.h"
#include "sql/account/staff.h"
#include "sql/account/standing.h"
#include "sql/account/unit.h"
#include "sql/application/upload.h"
#include "sql/catalogue/institution.h"

/*
 * Stands in for sql/{unit,operator,institution,region,bureau,staff,access}.c
 * and what else the handlers of accounts and units read: a few rows of each,
 * set by the test, changed by the handler, set back when it rolls back.
 */
#define PEOPLE_MAX 4

extern struct people {
	struct unit units[PEOPLE_MAX]; /* id 0: a free row */
	struct operator operators[PEOPLE_MAX];
	struct binding bindings[PEOPLE_MAX];
	struct grant grants[PEOPLE_MAX]; /* of whichever unit; operator_id 0: a free row */
	struct invitation invitations[PEOPLE_MAX];
	const char *secrets[PEOPLE_MAX]; /* of the invitations */
	struct institution institutions[PEOPLE_MAX];
	struct staff staff;
	struct upload upload;
	struct access access;         /* what access_get() says */
	struct last_login last_login; /* of anybody */
	struct standing standing;     /* what standing_get() says */
} people;

/* Nobody, and transactions of tests/fakes/sql.h set it back. */
void people_reset(void);

#endif
