#ifndef TESTS_FAKES_DEED_STORE_H
#define TESTS_FAKES_DEED_STORE_H

#include "sql/db/once.h"
#include "sql/record/audit.h"

/*
 * Stands in for sql/record/audit.c and sql/db/once.c: handlers are tested with the real
 * handlers/common/deed.c. Texts belong to the test's arena.
 */
extern struct fake_deeds {
	unsigned written; /* rows of the audit */
	struct audit_entry last;
	struct once kept; /* the one answer kept; token NULL for none */
	struct once
	    first; /* another request's answer, there as soon as we put ours; or token NULL */
} fake_deeds;

#endif
