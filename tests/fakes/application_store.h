#ifndef TESTS_FAKES_APPLICATION_STORE_H
#define TESTS_FAKES_APPLICATION_STORE_H

#include "sql/application/acceptance_order.h"
#include "sql/application/application.h"
#include "sql/application/application_answers.h"
#include "sql/application/application_claim.h"
#include "sql/application/application_event.h"
#include "sql/application/application_file.h"
#include "sql/application/application_list.h"
#include "sql/application/application_pin.h"
#include "sql/application/application_round.h"
#include "sql/application/upload.h"
#include "sql/catalogue/official_channel.h"
#include "sql/key/credential.h"

/*
 * Stands in for sql/application*.c, credential.c and official_channel.c: one
 * application, set by the test and changed by the handler.
 */
#define STORE_FILES_MAX 8

extern struct application_store {
	struct application row; /* number NULL: there is none */
	struct application_answers answers;
	struct acceptance_answers acceptance;
	struct application_file files[STORE_FILES_MAX];
	size_t nfiles;
	bool sole_taken, name_taken;    /* by another application */
	bool order_taken;               /* by another application */
	struct acceptance_order order;  /* claimed; order_no NULL: none */
	bool disabled;                  /* credentials were */
	bool no_credential;             /* the test environment's is not issued yet */
	const char *test_public;        /* 渠道公钥 of the test environment */
	const char *job;                /* kind of the last one added */
	unsigned scan;                  /* enum scan of a filed file */
	struct application_claim claim; /* staff_id 0: nobody's */
	struct application_event event;
	struct application_round round;
	unsigned events, rounds, round_files;
	bool decided_elsewhere; /* by the person who decides now */
	int64_t drafts_of;      /* whose the drafts of 批注 are */
	unsigned drafts, pins_sent;
	struct pinned_field pinned[4]; /* by the last 驳回 */
	size_t npinned;
} application_store;

/* Empty, and its transactions roll back with fake_sql. */
void application_store_reset(void);
/* A key whose upload is stored, of that slot and unit: 32 hex digits that tell both. */
const char *store_upload_key(size_t slot, int64_t unit_id);
/* The upload of such a key. */
bool store_upload(const char *id, struct upload *ret);

#endif
