#ifndef HANDLERS_RULES_FORM_REVIEW_FORM_H
#define HANDLERS_RULES_FORM_REVIEW_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/form.h"

/* ---- one application ------------------------------------------------------- */

/*
 * What a bureau decides (A-45 … ). Whether the remark and the tick
 * are needed is the step's to say (workflow.h, enum need). One member per row.
 */
struct decision_form {
	const char *event; /* of decision_choices */
	const char *remark;
	bool security_checked;
	int64_t version; /* of the row the person was looking at */
};

extern const struct form decision_form;

/* The same decision for several applications, each as the officer saw it. */
#define BATCH_MAX 100
struct batch_form {
	const char *event; /* of decision_choices */
	const char *remark;
	bool security_checked;
	struct text_list items; /* "number:version" */
};

/* A list that was narrowed, and its name. */
struct saved_filter_form {
	const char *name;
	const char *query; /* of the page's address */
};

extern const struct form batch_form;
extern const struct form saved_filter_form;

/* 领取: taking an application from the desk's list, with a reason also from a colleague. */
struct claim_form {
	const char *reason; /* NULL: only when nobody else has it */
	const char *holder; /* from whom, as shown; NULL: from whoever has it */
};

extern const struct form claim_form;

/* 批注: pinned to a field of the form that is reviewed, and in its file to a page or second. */
struct pin_form {
	const char *field;
	int64_t place; /* page of a PDF or second of a recording, from 1; 0 all of it */
	const char *text;
};

/* An opinion that is being written: 审核结论 and 审核意见 so far. */
struct draft_form {
	const char *event; /* of decision_choices */
	const char *remark;
};

/* 常用意见 */
struct opinion_template_form {
	const char *event; /* of decision_choices; NULL for both */
	const char *title;
	const char *text;
	bool national; /* offered to every bureau; the nation's only */
};

extern const struct form pin_form;
extern const struct form draft_form;
extern const struct form opinion_template_form;

/* 查看完整号码: which masked value a reviewer asks to see in full. One member per row. */
struct reveal_form {
	const char *field; /* of reveal_choices */
};

extern const struct choice reveal_choices[];
extern const struct form reveal_form;

#endif
