#include "handlers/application/filing.h"

#include <string.h>

#include "handlers/application/files.h"
#include "handlers/common/sealing.h"
#include "sql/application/application_round.h"

/* The files of this form only; the other form's are filed in its own rounds. */
static const struct application_file *
own_files(struct arena *arena, const struct form *form, const struct stored_answers *stored,
    size_t *ret_count)
{
	struct application_file *own = arena_alloc(arena, (stored->nfiles + 1) * sizeof(*own));
	size_t count = 0;

	for (size_t i = 0; i < stored->nfiles; i++)
		for (size_t j = 0; j < form->count; j++)
			if (form->fields[j].slot &&
			    strcmp(form->fields[j].name, stored->files[i].field) == 0) {
				own[count] = stored->files[i];
				own[count++].scan = 0; /* goes on, and is not of this moment */
			}
	*ret_count = count;
	return own;
}

enum err
filing_submit(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step, const struct form *form, const void *answers,
    const struct stored_answers *stored)
{
	size_t count;
	const struct application_file *files = own_files(q->arena, form, stored, &count);
	json_t *values = answers_json(form, answers);
	json_auto_t *filed = json_pack("{so so so}", "answers", values, "texts",
	    answer_texts(app, values), "files", files_json(form, files, count));
	struct step_input input = { .filed = filed, .files = files, .nfiles = count };

	return step_take(q, tx, app, step, &input);
}

enum err
filing_last(struct req *q, struct sql *db, int64_t application_id, enum phase phase, json_t **ret)
{
	struct application_round round;
	char *text;

	TRY(application_round_last(db, q->arena, application_id, phase, &round));
	TRY(unseal_text(q, PURPOSE_APPLICATION_ROUND_ANSWERS,
	    row_pair(q, row_number(q, application_id), row_number(q, round.round)),
	    round.answers_sealed, &text));
	json_t *filed = json_loads(text, 0, NULL);
	if (!filed)
		return ERR_INTERNAL;
	*ret = filed;
	return ERR_OK;
}
