#include "tests/support/applications.h"

#include "sql/application/application_answers.h"
#include "sql/application/application_event.h"
#include "tests/support/people.h"

int64_t bureau = 1000;

int64_t
new_unit(void)
{
	struct unit u;

	OK(make_unit(&u));
	return u.id;
}

struct application
new_draft(int64_t unit_id, int64_t institution_id)
{
	struct application a = {
		.number = test_key(),
		.unit_id = unit_id,
		.operator_id = 7,
		.institution_id = institution_id,
		.institution_code = "H44010300001",
		.institution_name = "示例医院",
		.region_code = "440103",
		.province_city = "广东省广州市",
		.local_bureau = bureau,
		.province_bureau = bureau + 1,
		.nation_bureau = bureau + 2,
	};
	int64_t id;

	WRITE(ERR_OK, application_insert(&tx, &a, NOW, &id));
	OK(application_get(db, arena, a.number, &a));
	CU_ASSERT_EQUAL(a.id, id);
	return a;
}

void
fill(struct application *a, const char *app_name)
{
	struct application_answers answers = {
		.business_type = "auth",
		.channel = "wechat",
		.app_source = "own_new",
		.app_name = app_name,
		.app_type = "h5",
		.purchase_channels = "self other",
		.contact_name = "示例",
		.contact_phone_sealed = "sealed",
	};

	WRITE(ERR_OK,
	    application_answers_put(&tx, a, &answers, app_name, NULL, a->operator_id, NOW));
	OK(application_get(db, arena, a->number, a));
}

/* Take the step by the row of the table; `to` is checked by it. */
void
take(struct application *a, enum event event, enum desk who)
{
	const struct transition *step = workflow_step((enum state)a->state, event, who);

	CU_ASSERT_PTR_NOT_NULL_FATAL(step);
	enum desk desk = state_desk(step->to);
	struct application_move move = {
		.id = a->id,
		.version = a->version,
		.step = step,
		.desk_bureau = desk == DESK_NONE ? 0 : bureau + (int64_t)desk - DESK_LOCAL,
		.operator_id = who == DESK_NONE ? 9 : 0,
		.released = state_is_final(step->to) || step->to == STATE_ACCEPTED,
		.now = NOW + 5,
	};
	struct application_event e = {
		.event = event,
		.from_state = step->from,
		.to_state = step->to,
		.desk = who,
		.bureau_id = who == DESK_NONE ? 0 : bureau + (int64_t)who - DESK_LOCAL,
		.actor_role = 2,
		.actor_id = 9,
		.actor_name = "某局",
		.created_at = NOW + 5,
	};

	WRITE(ERR_OK, application_move(&tx, &move));
	WRITE(ERR_OK, application_event_add(&tx, a->id, &e));
	WRITE(ERR_CONFLICT, application_move(&tx, &move)); /* the version has gone on */
	OK(application_get(db, arena, a->number, a));
	CU_ASSERT_EQUAL(a->state, step->to);
}

void
pass_all(struct application *a)
{
	take(a, EVENT_SUBMIT, DESK_NONE);
	take(a, EVENT_PASS, DESK_LOCAL);
	take(a, EVENT_PASS, DESK_PROVINCE);
	take(a, EVENT_PASS, DESK_NATION);
}

void
claim(struct application *a, const char *name, const char *sole, enum err expected)
{
	WRITE(expected, application_name(&tx, a->id, name, NULL, "h5", sole));
}
