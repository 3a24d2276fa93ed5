#ifndef TESTS_FAKES_APPLICANT_H
#define TESTS_FAKES_APPLICANT_H

#include <CUnit/Basic.h>
#include <string.h>

#include "handlers/common/who.h"
#include "handlers/rules/procedure/workflow.h"
#include "tests/fakes/application_store.h"
#include "tests/fakes/deed_store.h"
#include "tests/fakes/notice_store.h"
#include "tests/fakes/sql.h"
#include "tests/fakes/visitor.h"

/* One application in a state, and who asks for its next step. */
#define APPLICANT_ID 3
#define APPLICANT_UNIT 1
#define APPLICANT_INSTITUTION 5
#define BUREAU_LOCAL 11
#define BUREAU_PROVINCE 12
#define BUREAU_NATION 13
#define APPLICANT_VERSION 4
#define store application_store

/*
 * A complete 申请单 and 验收单 of a hospital for 医保混合支付, in that state at
 * that desk (0: none); its operator asks.
 */
void applicant_stands(enum state state, int64_t desk_bureau);
/* The same, and an officer of that bureau asks. */
void applicant_lies_at(enum state state, int64_t bureau);
/* One more file that was uploaded for that field. */
void applicant_file(const char *field, const char *slot);
const char *applicant_sealed(const char *purpose, const char *text);

/* What the address names; NULL after this: the application there is. */
extern const char *applicant_number;
/* Bureau of the officer who asks; 0: the operator asks. */
extern int64_t applicant_officer;

/* {version} and nothing else. */
json_t *version_only(void);

/* `name`: the handler behind the router and the login. */
void applicant_routed(struct req *q);
#define AS_ROUTED(name, handler)                                                                   \
	static enum err name(struct req *q)                                                        \
	{                                                                                          \
		applicant_routed(q);                                                               \
		return handler(q);                                                                 \
	}

/* Runs the suite; to be returned from main(). */
int applicant_main(const char *name, CU_TestInfo *tests);

#endif
