#include "handlers/application/view_records.h"

#include "handlers/rules/procedure/workflow.h"
#include "sql/application/application_event.h"
#include "sql/catalogue/bureau.h"

static const struct answer_row pin_rows[] = {
	ANSWER(struct pin_answer, id),
	ANSWER(struct pin_answer, field),
	ANSWER(struct pin_answer, kind, .words = "field page second"),
	ANSWER(struct pin_answer, place, .null = true, .about = "page or second, from 1"),
	ANSWER(struct pin_answer, text),
};
const struct answer pin_answer = ANSWER_TABLE("pin", struct pin_answer, pin_rows);

static const struct answer_row rows[] = {
	ANSWER(struct record_answer, seq),
	ANSWER(struct record_answer, event, .null = true, .words = event_words,
	    .about = "null while it is waited for"),
	ANSWER(struct record_answer, phase, .words = phase_words),
	ANSWER(struct record_answer, desk, .null = true, .words = desk_words,
	    .about = "null: the applicant"),
	ANSWER(struct record_answer, desk_text),
	ANSWER(struct record_answer, who, .about = "name of the unit or the bureau"),
	ANSWER(struct record_answer, at, .null = true, .about = "Unix seconds"),
	ANSWER(struct record_answer, result_text, .null = true),
	ANSWER(struct record_answer, opinion_text, .null = true,
	    .about = "what this desk calls its remark"),
	ANSWER(struct record_answer, remark, .null = true),
	ANSWER(struct record_answer, security_checked, .optional = true,
	    .about = "by the last desk"),
	ANSWER(struct record_answer, pending),
	ANSWER_MANY(struct record_answer, pins, &pin_answer),
};
const struct answer record_answer = ANSWER_TABLE("record", struct record_answer, rows);

static enum phase
phase_of(const struct application_event *e)
{
	return event_phase((enum event)e->event, (enum state)e->from_state);
}

static const char *
result_text(const struct application_event *e)
{
	const struct desk_info *desk = desk_info((enum desk)e->desk);

	switch ((enum event)e->event) {
	case EVENT_SUBMIT:
		return "已提交";
	case EVENT_DISCARD:
		return "已弃用";
	case EVENT_PASS:
		return desk ? desk->passed : NULL;
	case EVENT_REJECT:
		return desk ? desk->rejected : NULL;
	}
	return NULL;
}

static const char *
desk_text(const struct application_event *e)
{
	const struct desk_info *desk = desk_info((enum desk)e->desk);

	if (desk)
		return desk->text;
	if (e->event == EVENT_SUBMIT)
		return "提交申请";
	return phase_of(e) == PHASE_APPLY ? "弃用单据" : "弃用";
}

struct pin_answer
view_pin(const struct application_pin *pin)
{
	static const char *const kinds[] = {
		[PIN_WHOLE] = "field",
		[PIN_PAGE] = "page",
		[PIN_SECOND] = "second",
	};

	return (struct pin_answer){
		.id = pin->id,
		.field = pin->field,
		.kind = kinds[pin->kind <= PIN_SECOND ? pin->kind : PIN_WHOLE],
		.place = pin->place,
		.text = pin->text,
	};
}

/* Those that went out with that event. */
static void
add_pins(struct arena *arena, const struct application_pin *pins, size_t count, int64_t event_id,
    struct record_answer *record)
{
	struct pin_answer *own = ARENA_ARRAY(arena, struct pin_answer, count);

	for (size_t i = 0; i < count; i++)
		if (pins[i].event_id == event_id)
			own[record->pins.count++] = view_pin(&pins[i]);
	record->pins.items = own;
}

/* 批注 go out with decisions. */
static bool
is_decided(const struct application_event *events, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (events[i].desk != DESK_NONE)
			return true;
	return false;
}

static struct record_answer
event_record(const struct application_event *e)
{
	const struct desk_info *desk = desk_info((enum desk)e->desk);

	return (struct record_answer){
		.event = event_name((enum event)e->event),
		.phase = phase_name(phase_of(e)),
		.desk = desk ? desk->wire : NULL,
		.desk_text = desk_text(e),
		.who = e->actor_name,
		.at = e->created_at,
		.result_text = result_text(e),
		.opinion_text = desk ? desk->opinion : NULL,
		.remark = e->remark,
		.security_checked = &e->security_checked,
	};
}

/* The bureau it lies at, as one more entry; *ret_is: there is one. */
static enum err
pending_record(struct req *q, const struct application *app, struct record_answer *ret,
    bool *ret_is)
{
	const struct desk_info *desk = desk_info(state_desk((enum state)app->state));
	struct bureau bureau;

	*ret_is = desk != NULL;
	if (!desk)
		return ERR_OK;
	TRY(bureau_get(q->db, q->arena, app->desk_bureau, &bureau));
	*ret = (struct record_answer){
		.phase = phase_name(state_phase((enum state)app->state)),
		.desk = desk->wire,
		.desk_text = desk->text,
		.who = bureau.name,
		.result_text = desk->pending,
		.pending = true,
	};
	return ERR_OK;
}

enum err
view_records(struct req *q, const struct application *app, const struct record_answer **ret,
    size_t *ret_count)
{
	const struct application_event *events;
	const struct application_pin *pins = NULL;
	size_t count, npins = 0;
	bool pending;

	TRY(application_events(q->db, q->arena, app->id, &events, &count));
	if (is_decided(events, count))
		TRY(application_pins(q->db, q->arena, app->id, &pins, &npins));
	struct record_answer *records = ARENA_ARRAY(q->arena, struct record_answer, count + 1);
	for (size_t i = 0; i < count; i++) {
		records[i] = event_record(&events[i]);
		add_pins(q->arena, pins, npins, events[i].id, &records[i]);
	}
	TRY(pending_record(q, app, &records[count], &pending));
	count += pending;
	for (size_t i = 0; i < count; i++)
		records[i].seq = (int64_t)i + 1;
	*ret = records;
	*ret_count = count;
	return ERR_OK;
}
