#ifndef HANDLERS_ACCOUNT_SESSION_ANSWER_H
#define HANDLERS_ACCOUNT_SESSION_ANSWER_H

#include "handlers/account/session.h"
#include "sql/catalogue/institution.h"

/* What session_answer is made of; its members are nobody else's. */
struct session_answer;

/*
 * Who, for whom, and what may be done. Read anew from the database, so a page
 * that asks sees a revoked grant at once. *ret is in the arena.
 */
MUST_CHECK enum err session_answer_read(struct req *q, const struct session_answer **ret);

/* A 定点机构 a unit may act for. */
struct institution_answer {
	struct institution row;
	const char *region_name;
};
extern const struct answer institution_answer;
/* Adds the region's name to the row. */
MUST_CHECK enum err institution_answer_finish(struct req *q, struct institution_answer *answer);

#endif
