#include "handlers/application/view_records.h"

#include "sql/application/application_event.h"
#include "sql/catalogue/bureau.h"

static enum phase
phase_of(const struct application_event *e)
{
	return event_phase((enum event)e->event, (enum state)e->from_state);
}

static const char *
phase_wire(enum phase phase)
{
	return phase == PHASE_APPLY ? "apply" : "accept";
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

json_t *
view_pin(const struct application_pin *pin)
{
	static const char *const kinds[] = {
		[PIN_WHOLE] = "field",
		[PIN_PAGE] = "page",
		[PIN_SECOND] = "second",
	};

	return json_pack("{sI ss ss so ss}", "id", (json_int_t)pin->id, "field", pin->field, "kind",
	    kinds[pin->kind <= PIN_SECOND ? pin->kind : PIN_WHOLE], "place",
	    pin->place ? json_integer(pin->place) : json_null(), "text", pin->text);
}

static json_t *
pins_json(const struct application_pin *pins, size_t count, int64_t event_id)
{
	json_t *own = json_array();

	for (size_t i = 0; i < count; i++)
		if (pins[i].event_id == event_id)
			json_array_append_new(own, view_pin(&pins[i]));
	return own;
}

/* Takes over `pins`. */
static json_t *
event_json(const struct application_event *e, size_t seq, json_t *pins)
{
	const struct desk_info *desk = desk_info((enum desk)e->desk);

	return json_pack("{si ss ss ss? ss ss sI ss? ss? ss? sb sb so}", "seq", (int)seq, "event",
	    event_name((enum event)e->event), "phase", phase_wire(phase_of(e)), "desk",
	    desk ? desk->wire : NULL, "desk_text", desk_text(e), "who", e->actor_name, "at",
	    (json_int_t)e->created_at, "result_text", result_text(e), "opinion_text",
	    desk ? desk->opinion : NULL, "remark", e->remark, "security_checked",
	    e->security_checked, "pending", 0, "pins", pins);
}

/* The bureau it lies at, as one more entry. */
static enum err
add_pending(struct req *q, const struct application *app, json_t *records)
{
	const struct desk_info *desk = desk_info(state_desk((enum state)app->state));
	struct bureau bureau;

	if (!desk)
		return ERR_OK;
	TRY(bureau_get(q->db, q->arena, app->desk_bureau, &bureau));
	json_array_append_new(records,
	    json_pack("{si sn ss ss ss ss sn ss sn sn sb s[]}", "seq",
		(int)json_array_size(records) + 1, "event", "phase",
		phase_wire(state_phase((enum state)app->state)), "desk", desk->wire, "desk_text",
		desk->text, "who", bureau.name, "at", "result_text", desk->pending, "opinion_text",
		"remark", "pending", 1, "pins"));
	return ERR_OK;
}

enum err
view_records(struct req *q, const struct application *app, json_t **ret)
{
	const struct application_event *events;
	const struct application_pin *pins;
	size_t count, npins;

	TRY(application_events(q->db, q->arena, app->id, &events, &count));
	TRY(application_pins(q->db, q->arena, app->id, &pins, &npins));
	json_t *records = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(records,
		    event_json(&events[i], i + 1, pins_json(pins, npins, events[i].id)));
	enum err e = add_pending(q, app, records);
	if (e != ERR_OK) {
		json_decref(records);
		return e;
	}
	*ret = records;
	return ERR_OK;
}
