#ifndef SQL_APPLICATION_APPLICATION_H
#define SQL_APPLICATION_APPLICATION_H

#include "handlers/rules/procedure/workflow.h"
#include "sql/db/db.h"

/*
 * 申请单: one row carries both forms and where they are in the procedure. This
 * file keeps who, where and when; the answers are in application_answers.h,
 * the files in application_file.h, lists in application_list.h. Times are Unix
 * seconds, 0 for never; ids of 0 mean none.
 */
#define APPLICATION_COLUMNS(C, E)                                                                  \
	C(INT, a, id)                                                                              \
	C(TEXT, a, number) /* 申请单号 (A-61) */                                               \
	C(INT, a, version) /* raised by every change */                                            \
	C(CODE, a, state)  /* enum state */                                                        \
	C(INT, a, unit_id)                                                                         \
	C(INT, a, operator_id) /* who saved or submitted last */                                   \
	C(INT, a, institution_id)                                                                  \
	C(TEXT, a, institution_code)                                                               \
	C(TEXT, a, institution_name)                                                               \
	C(TEXT, a, region_code)   /* 医药机构协议所属区划 */                             \
	C(TEXT, a, province_city) /* A-60 */                                                       \
	C(INT, a, local_bureau)                                                                    \
	C(INT, a, province_bureau)                                                                 \
	C(INT, a, nation_bureau)                                                                   \
	C(INT, a, desk_bureau) /* whose queue it is in; 0 with the applicant */                    \
	C(INT, a, desk_since)                                                                      \
	C(INT, a, round) /* how often it was submitted */                                          \
	C(TEXT, a, business_type)                                                                  \
	C(TEXT, a, shown_app_name) /* as lists and sheets print it (A-38); NULL in a new draft */  \
	C(TEXT, a, third_channel)  /* A-59 */                                                      \
	C(TEXT, a, app_type)       /* of the application it is about, or NULL */                   \
	C(INT, a, acceptance_saved_at)                                                             \
	C(INT, a, acceptance_submitted_at)                                                         \
	C(INT, a, created_at)                                                                      \
	C(INT, a, updated_at)                                                                      \
	C(INT, a, submitted_at)
SQL_ROW(application, APPLICATION_COLUMNS)

/* A new draft: number, unit, operator, institution, region and bureaus of `a`. */
MUST_CHECK enum err
application_insert(struct sql_tx *tx, const struct application *a, int64_t now, int64_t *ret_id);

/* ERR_NOT_FOUND. */
MUST_CHECK enum err
application_get(struct sql *db, struct arena *arena, const char *number, struct application *ret);
/* As application_get, by id, and nobody else changes it until tx ends. */
MUST_CHECK enum err
application_lock(struct sql_tx *tx, struct arena *arena, int64_t id, struct application *ret);

/* Only a draft, only this version: ERR_CONFLICT. Its file rows go with it. */
MUST_CHECK enum err application_delete(struct sql_tx *tx, int64_t id, int64_t version);

/*
 * What the row is about, decided at 提交: the name lists and sheets print, and
 * what only one running application may be about.
 * ERR_EXISTS: another running application is about the same.
 */
MUST_CHECK enum err application_name(struct sql_tx *tx, int64_t id, const char *shown_app_name,
    const char *third_channel, const char *app_type, const char *sole);

struct application_move {
	int64_t id, version;
	const struct transition *step;
	int64_t desk_bureau; /* whose queue it enters; 0 none */
	int64_t operator_id; /* who submits; 0 leaves it */
	bool released;       /* another application may be about the same from now on */
	int64_t now;
};

/* ERR_CONFLICT: someone else changed it first. It leaves the desk unclaimed. */
MUST_CHECK enum err application_move(struct sql_tx *tx, const struct application_move *move);

/*
 * Is `name` the name of an own application of the institution that is running
 * or done? Rows of the institution stay locked until tx ends, so two
 * submissions cannot both find it free. except: the application that asks.
 */
MUST_CHECK enum err application_name_taken(struct sql_tx *tx, struct arena *arena, int64_t unit_id,
    int64_t institution_id, const char *name, int64_t except, bool *ret);

#endif
