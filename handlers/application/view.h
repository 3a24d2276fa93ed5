#ifndef HANDLERS_APPLICATION_VIEW_H
#define HANDLERS_APPLICATION_VIEW_H

#include "handlers/application/view_changes.h"
#include "handlers/application/view_forms.h"
#include "handlers/application/view_records.h"
#include "handlers/application/view_waiting.h"
#include "handlers/review/claim.h"
#include "handlers/review/draft.h"
#include "handlers/selftest/selftest.h"
#include "handlers/sheet/offer.h"
#include "handlers/unit/unit_answer.h"

/*
 * The detail of an application (APP-50 … APP-54, ACR-2 … ACR-7) for whoever
 * q is: the applicant sees what is stored, an officer what was filed. Personal
 * values are masked except in a form the reader may change right now, which
 * has to be filled with them.
 */

struct application_institution_answer {
	const char *code, *name, *region, *region_name;
	bool in_force; /* by whoever answers an officer */
};

struct application_answer {
	const char *number;
	int64_t version;
	const char *state, *status, *status_text, *kind;
	struct application_institution_answer *institution;
	const char *app_name, *business_type, *third_channel, *province_city;
	int64_t created_at, updated_at, submitted_at;
	json_t *answers, *files;
	const struct answer_texts_answer *answer_texts;
	const struct acceptance_answer *acceptance;
	struct text_list reopened, actions;
	const struct unit_answer *unit;
	ANSWER_ITEMS(struct record_answer) records;
	const struct waiting_answer *waiting;
	ANSWER_ITEMS(struct change_answer) changes;
	ANSWER_ITEMS(struct sheet_answer) sheets;
	const struct selftest_answer *selftest;
	const char *tip;
	const struct claim_answer *claim; /* by whoever answers an officer, as the next */
	const struct draft_answer *draft;
};
extern const struct answer application_answer;

/* All of it but what is for officers alone: in_force, claim, draft. */
MUST_CHECK enum err
view_fill(struct req *q, const struct application *app, struct application_answer *ret);

#endif
