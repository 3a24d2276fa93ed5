#include <string.h>

#include "handlers/application/access.h"
#include "handlers/application/filing.h"
#include "handlers/common/deed.h"
#include "handlers/common/sealing.h"
#include "handlers/review/review.h"
#include "handlers/rules/form/review_form.h"
#include "sql/account/unit.h"

struct revealed_answer {
	const char *value;
};
static const struct answer_row rows[] = {
	ANSWER(struct revealed_answer, value, .about = "in full"),
};
const struct answer revealed_answer = ANSWER_TABLE("revealed", struct revealed_answer, rows);

/* Where a value stands: in what was filed, or in the unit's row. */
static const struct source {
	const char *field;
	enum phase phase;     /* of the filed form; 0: the unit's row */
	enum purpose purpose; /* of the unit's column */
	size_t offset;
} sources[] = {
	{ "contact_phone", .phase = PHASE_APPLY },
	{ "tester_name", .phase = PHASE_ACCEPT },
	{ "tester_id_no", .phase = PHASE_ACCEPT },
	{ "legal_name", 0, PURPOSE_UNIT_LEGAL_NAME, offsetof(struct unit, legal_name_sealed) },
	{ "legal_id_no", 0, PURPOSE_UNIT_LEGAL_ID, offsetof(struct unit, legal_id_sealed) },
	{ "legal_phone", 0, PURPOSE_UNIT_LEGAL_PHONE, offsetof(struct unit, legal_phone_sealed) },
};

static enum err
filed_value(struct req *q, const struct application *app, const struct source *s, const char **ret)
{
	json_t *filed;

	TRY(filing_last(q, q->db, app->id, s->phase, &filed));
	const char *text =
	    json_string_value(json_object_get(json_object_get(filed, "answers"), s->field));
	*ret = text ? arena_strndup(q->arena, text, strlen(text)) : NULL;
	json_decref(filed);
	return ERR_OK;
}

static enum err
unit_value(struct req *q, const struct application *app, const struct source *s, const char **ret)
{
	struct unit unit;
	char *text;

	TRY(unit_get(q->db, q->arena, app->unit_id, &unit));
	TRY(unseal_text(q, s->purpose, *(const char *const *)((const char *)&unit + s->offset),
	    &text));
	*ret = text;
	return ERR_OK;
}

enum err
review_reveal(struct req *q)
{
	struct reveal_form in = { 0 };
	struct application app;
	const struct source *source = sources;
	struct revealed_answer answer = { NULL };

	TRY(form_bind(&reveal_form, q, NULL, FORM_SUBMIT, &in));
	TRY(application_of_bureau(q, q->db, &app));
	while (strcmp(source->field, in.field) != 0) /* a choice of the form, so it is there */
		source++;
	TRY(source->phase ? filed_value(q, &app, source, &answer.value)
			  : unit_value(q, &app, source, &answer.value));
	if (!answer.value)
		return ERR_NOT_FOUND;

	SQL_TX(tx, q->db);
	return deed_done(q, &tx, DEED_APPLICATION_REVEAL, application_object(q, &app),
	    arena_printf(q->arena, "field=%s", source->field), 200,
	    answer_text(q, &revealed_answer, &answer));
}
