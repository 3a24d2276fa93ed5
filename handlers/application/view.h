#ifndef HANDLERS_APPLICATION_VIEW_H
#define HANDLERS_APPLICATION_VIEW_H

#include "fcgi/http/answer.h"
#include "handlers/application/view_unit.h"
#include "handlers/sheet/offer.h"
#include "sql/application/application.h"
#include "sql/application/application_pin.h"
#include "sql/application/desk_duration.h"

/*
 * The detail of an application (APP-50 … APP-54, ACR-2 … ACR-7) for whoever
 * q is: the applicant sees what is stored, an officer what was filed. Personal
 * values are masked except in a form the reader may change right now, which
 * has to be filled with them.
 */

/* 批注: pinned to a field, or in its file to a page or a second. */
struct pin_answer {
	int64_t id;
	const char *field, *kind;
	int64_t place;
	const char *text;
};
extern const struct answer pin_answer;
struct pin_answer view_pin(const struct application_pin *pin);

/* 审核记录: a step that was taken, or the one that is waited for. */
struct record_answer {
	int64_t seq, at;
	const char *event, *phase, *desk, *desk_text, *who, *result_text, *opinion_text, *remark;
	const bool *security_checked;
	bool pending;
	ANSWER_ITEMS(struct pin_answer) pins;
};
extern const struct answer record_answer;

/* Who has it now, since when, and how long that usually takes. */
struct waiting_answer {
	const char *desk, *who;
	int64_t since;
	const struct desk_duration *usual;
};
extern const struct answer waiting_answer;

/* What a 提交 changed in one field against the one before in its phase. */
struct change_item_answer {
	const char *field;
	bool file;
	json_t *before, *after, *before_file, *after_file;
};
struct change_answer {
	int64_t round, at;
	const char *phase;
	ANSWER_ITEMS(struct change_item_answer) items;
};
extern const struct answer change_answer;

/* What answers that are codes say to people, those that apply. */
struct answer_texts_answer {
	const char *official_channel, *existing_app, *app_type;
};

struct acceptance_answer {
	json_t *answers, *files;
	int64_t saved_at, submitted_at;
};

struct application_institution_answer {
	const char *code, *name, *region, *region_name;
	bool in_force; /* by whoever answers an officer */
};

/* Who has taken it from the desk's list; handlers/review/claim.h. */
struct claim_answer {
	const char *by;
	bool mine;
	int64_t at;
};
extern const struct answer claim_answer;

/* What an officer was writing; handlers/review/draft.h. */
struct draft_answer {
	const char *event, *remark;
	int64_t updated_at;
	ANSWER_ITEMS(struct pin_answer) pins;
};
extern const struct answer draft_answer;

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
	const struct unit_view_answer *unit;
	ANSWER_ITEMS(struct record_answer) records;
	const struct waiting_answer *waiting;
	ANSWER_ITEMS(struct change_answer) changes;
	ANSWER_ITEMS(struct sheet_answer) sheets;
	json_t *bench;
	const char *tip;
	const struct claim_answer *claim; /* by whoever answers an officer, as the next */
	const struct draft_answer *draft;
};
extern const struct answer application_answer;

/* All of it but what is for officers alone: in_force, claim, draft. */
MUST_CHECK enum err
view_fill(struct req *q, const struct application *app, struct application_answer *ret);

/* ---- its parts, each of which fills what it is called after ---- */

/* The two forms, as the applicant stored them, or as they were filed last. */
MUST_CHECK enum err
view_stored(struct req *q, const struct application *app, struct application_answer *ret);
MUST_CHECK enum err
view_filed(struct req *q, const struct application *app, struct application_answer *ret);
MUST_CHECK enum err
view_records(struct req *q, const struct application *app, struct application_answer *ret);
MUST_CHECK enum err
view_waiting(struct req *q, const struct application *app, struct application_answer *ret);
MUST_CHECK enum err
view_changes(struct req *q, const struct application *app, struct application_answer *ret);

/* `value` as it may be shown, an answer to `field`: masked when it is personal. Borrowed. */
json_t *view_masked(struct req *q, const char *field, json_t *value);

#endif
