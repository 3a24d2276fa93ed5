#include "fcgi/http/route.h"
#include "handlers/application/view.h"
#include "handlers/rules/procedure/role.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/upload/stored_file.h"

#define OFFICER WHO(ROLE_OFFICER)

static const struct answer_row institution_rows[] = {
	ANSWER(struct application_institution_answer, code),
	ANSWER(struct application_institution_answer, name),
	ANSWER(struct application_institution_answer, region, .about = "code"),
	ANSWER(struct application_institution_answer, region_name),
	ANSWER(struct application_institution_answer, in_force, .who = OFFICER,
	    .about = "has it an agreement now"),
};
static const struct answer institution_answer = ANSWER_TABLE("application_institution",
    struct application_institution_answer, institution_rows);

static const struct answer_row texts_rows[] = {
	ANSWER(struct answer_texts_answer, official_channel, .optional = true),
	ANSWER(struct answer_texts_answer, existing_app, .optional = true),
	ANSWER(struct answer_texts_answer, app_type, .optional = true),
};
static const struct answer texts_answer =
    ANSWER_TABLE("answer_texts", struct answer_texts_answer, texts_rows);

static const struct answer_row acceptance_rows[] = {
	ANSWER(struct acceptance_answer, answers, .of = &answer_form_values),
	ANSWER(struct acceptance_answer, files, .of = &stored_file_answer, .keyed = true),
	ANSWER(struct acceptance_answer, saved_at, .null = true, .about = "Unix seconds"),
	ANSWER(struct acceptance_answer, submitted_at, .null = true, .about = "Unix seconds"),
};
static const struct answer acceptance_answer =
    ANSWER_TABLE("acceptance", struct acceptance_answer, acceptance_rows);

static const struct answer_row claim_rows[] = {
	ANSWER(struct claim_answer, by),
	ANSWER(struct claim_answer, mine),
	ANSWER(struct claim_answer, at, .null = true, .about = "Unix seconds"),
};
const struct answer claim_answer = ANSWER_TABLE("claim", struct claim_answer, claim_rows);

static const struct answer_row draft_rows[] = {
	ANSWER(struct draft_answer, event, .null = true, .words = DECISION_WORDS),
	ANSWER(struct draft_answer, remark, .null = true),
	ANSWER(struct draft_answer, updated_at, .null = true, .about = "Unix seconds"),
	ANSWER_MANY(struct draft_answer, pins, &pin_answer),
};
const struct answer draft_answer = ANSWER_TABLE("draft", struct draft_answer, draft_rows);

static const struct answer_row rows[] = {
	ANSWER(struct application_answer, number),
	ANSWER(struct application_answer, version),
	ANSWER(struct application_answer, state, .words = state_words),
	ANSWER(struct application_answer, status, .words = status_words),
	ANSWER(struct application_answer, status_text),
	ANSWER(struct application_answer, kind, .words = INSTITUTION_KIND_WORDS),
	ANSWER_ONE(struct application_answer, institution, &institution_answer),
	ANSWER(struct application_answer, app_name, .null = true),
	ANSWER(struct application_answer, business_type, .null = true,
	    .words = BUSINESS_TYPE_WORDS),
	ANSWER(struct application_answer, third_channel, .null = true),
	ANSWER(struct application_answer, province_city),
	ANSWER(struct application_answer, created_at, .about = "Unix seconds, as the next two"),
	ANSWER(struct application_answer, updated_at),
	ANSWER(struct application_answer, submitted_at, .null = true),
	ANSWER(struct application_answer, answers, .of = &answer_form_values),
	ANSWER_ONE(struct application_answer, answer_texts, &texts_answer,
	    .about = "what answers that are codes say"),
	ANSWER(struct application_answer, files, .of = &stored_file_answer, .keyed = true),
	ANSWER_ONE(struct application_answer, acceptance, &acceptance_answer, .null = true),
	ANSWER(struct application_answer, reopened, .null = true,
	    .about = "fields of the form sent back that may change; null: all of them"),
	ANSWER_ONE(struct application_answer, unit, &unit_view_answer),
	ANSWER_MANY(struct application_answer, records, &record_answer),
	ANSWER_ONE(struct application_answer, waiting, &waiting_answer, .null = true,
	    .about = "null while it lies with the applicant"),
	ANSWER_MANY(struct application_answer, changes, &change_answer),
	ANSWER_MANY(struct application_answer, sheets, &sheet_answer),
	ANSWER(struct application_answer, bench),
	ANSWER(struct application_answer, actions,
	    .words = "edit submit delete accept_edit accept_submit report_key discard decide",
	    .about = "what may be done next"),
	ANSWER(struct application_answer, tip, .null = true),
	ANSWER_ONE(struct application_answer, claim, &claim_answer, .who = OFFICER, .null = true),
	ANSWER_ONE(struct application_answer, draft, &draft_answer, .who = OFFICER),
};
const struct answer application_answer =
    ANSWER_TABLE("application", struct application_answer, rows);
