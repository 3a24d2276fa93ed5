#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/account/attempt.h"
#include "handlers/account/cross_check.h"
#include "handlers/account/person.h"
#include "handlers/common/deed.h"
#include "handlers/common/mask.h"
#include "handlers/common/notify.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/operator_form.h"
#include "handlers/unit/operator.h"
#include "handlers/unit/operator_password.h"
#include "sql/account/unit.h"

static enum err
is_bound(struct req *q, int64_t operator_id, bool *ret)
{
	struct binding binding = { 0 };
	enum err e = binding_find(q->db, q->arena, who_unit(q), operator_id, &binding);

	*ret = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

struct operator_known_answer {
	bool known, bound;
	const char *name;
};
static const struct answer_row known_rows[] = {
	ANSWER(struct operator_known_answer, known, .about = "there is an account with this phone"),
	ANSWER(struct operator_known_answer, bound, .about = "to this unit"),
	ANSWER(struct operator_known_answer, name, .optional = true, .about = "masked, when known"),
};
const struct answer operator_known_answer =
    ANSWER_TABLE("operator_known", struct operator_known_answer, known_rows);

enum err
operator_lookup(struct req *q)
{
	struct operator_lookup_form form = { 0 };
	struct operator o = { 0 };
	struct operator_known_answer answer = { 0 };

	TRY(form_bind(&operator_lookup_form, q, NULL, FORM_SUBMIT, &form));
	TRY(attempt_lookup(q));
	TRY(operator_find(q, form.phone, &o, &answer.known));
	if (answer.known) {
		TRY(is_bound(q, o.id, &answer.bound));
		answer.name = mask_name(q->arena, o.name);
	}
	return reply(q, 200, &operator_known_answer, &answer);
}

static bool
is_refused(const struct req *q, const char *field)
{
	for (size_t i = 0; i < q->errors.count; i++)
		if (strcmp(q->errors.list[i].name, field) == 0)
			return true;
	return false;
}

/* A phone nobody has yet: all the rest is needed too (OP-4). */
static enum err
check_new(struct req *q, const struct operator_add_form *form)
{
	const struct {
		const char *name, *value;
	} needed[] = {
		{ "name", form->name },
		{ "id_type", form->id_type },
		{ "id_no", form->id_no },
		{ "id_start", form->id_start },
		{ "id_end", form->id_forever ? "" : form->id_end },
	};

	for (size_t i = 0; i < COUNT(needed); i++)
		if (!needed[i].value && !is_refused(q, needed[i].name))
			(void)!form_refuse(&operator_add_form, &q->errors, needed[i].name, NULL);
	check_id_no(q, "id_no", form->id_type, form->id_no);
	check_id_period(q, form->id_start, form->id_end);
	return form_end(q);
}

struct operator_added_answer {
	int64_t id;
	bool known;
};
static const struct answer_row added_rows[] = {
	ANSWER(struct operator_added_answer, id, .about = "of the binding to this unit"),
	ANSWER(struct operator_added_answer, known, .about = "he had an account before"),
};
const struct answer operator_added_answer =
    ANSWER_TABLE("operator_added", struct operator_added_answer, added_rows);

static enum err
done(struct req *q, struct sql_tx *tx, int64_t operator_id, bool known)
{
	struct operator_added_answer answer = { .known = known };
	enum err e = binding_add(tx, who_unit(q), operator_id, q->now, &answer.id);

	if (e == ERR_EXISTS)
		return refuse(q, e, "该经办人已绑定本单位，无需重复添加");
	TRY(e);
	return deed_done(q, tx, DEED_OPERATOR_ADD,
	    arena_printf(q->arena, "operator/%lld", (long long)operator_id),
	    arena_printf(q->arena, "unit=%lld known=%d", (long long)who_unit(q), known), 201,
	    answer_text(q, &operator_added_answer, &answer));
}

/* Only bound, and told so; the password stays. */
static enum err
bind_known(struct req *q, const struct operator* o, const char *unit_name)
{
	SQL_TX(tx, q->db);
	TRY(unit_lock(&tx, q->arena, who_unit(q)));
	TRY(notify_operator(q, &tx, o->id, NOTICE_OPERATOR_BOUND, NULL,
	    (const char *const[4]){ unit_name }));
	return done(q, &tx, o->id, true);
}

static enum err
add_new(struct req *q, const struct operator_add_form *form, const char *unit_name)
{
	struct person person = { form->phone, form->name, form->id_type, form->id_no,
		form->id_start, form->id_end };
	struct generated_password made = { 0 };
	int64_t operator_id;

	TRY(check_new(q, form));
	TRY(generated_password_make(q, &made));

	SQL_TX(tx, q->db);
	TRY(unit_lock(&tx, q->arena, who_unit(q)));
	TRY(person_insert(q, &tx, &person, made.hash, made.until, &operator_id));
	TRY(generated_password_send(q, &tx, &made, NOTICE_OPERATOR_NEW, form->phone, unit_name));
	return done(q, &tx, operator_id, false);
}

enum err
operator_add(struct req *q)
{
	struct operator_add_form form = { 0 };
	struct operator known = { 0 };
	struct unit unit = { 0 };
	bool found;

	TRY(form_collect(&operator_add_form, q, NULL, FORM_SUBMIT, &form));
	if (!form.phone)
		return form_end(q);
	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));
	TRY(operator_find(q, form.phone, &known, &found));
	if (!found)
		return add_new(q, &form, unit.name);
	TRY(form_end(q));
	return bind_known(q, &known, unit.name);
}
