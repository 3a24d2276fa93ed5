#include "handlers/rules/procedure/workflow.h"

#include "fcgi/base/array.h"

#define KEYS_1 EFFECT_TEST_KEYS
#define KEYS_2 EFFECT_FORMAL_KEYS
#define NEEDS_LAST NEED_SECURITY | NEED_SCANNED

/* This table is the review procedure. There is no other statement of it. */
/* clang-format off */
static const struct transition table[] = {
	/* from                   event          who            to                     needs           effects */
	/* application */
	{ STATE_DRAFT,           EVENT_SUBMIT,  DESK_NONE,     STATE_APPLY_LOCAL,     0,              EFFECT_ROUND },
	{ STATE_APPLY_REJECTED,  EVENT_SUBMIT,  DESK_NONE,     STATE_APPLY_LOCAL,     0,              EFFECT_ROUND },
	{ STATE_APPLY_LOCAL,     EVENT_PASS,    DESK_LOCAL,    STATE_APPLY_PROVINCE,  NEED_SCANNED,   0 },
	{ STATE_APPLY_LOCAL,     EVENT_REJECT,  DESK_LOCAL,    STATE_APPLY_REJECTED,  NEED_REMARK,    0 },
	{ STATE_APPLY_PROVINCE,  EVENT_PASS,    DESK_PROVINCE, STATE_APPLY_NATION,    NEED_SCANNED,   0 },
	{ STATE_APPLY_PROVINCE,  EVENT_REJECT,  DESK_PROVINCE, STATE_APPLY_REJECTED,  NEED_REMARK,    0 },
	{ STATE_APPLY_NATION,    EVENT_PASS,    DESK_NATION,   STATE_APPLIED,         NEEDS_LAST,     KEYS_1 },
	{ STATE_APPLY_NATION,    EVENT_REJECT,  DESK_NATION,   STATE_APPLY_REJECTED,  NEED_REMARK,    0 },

	/* acceptance */
	{ STATE_APPLIED,         EVENT_SUBMIT,  DESK_NONE,     STATE_ACCEPT_LOCAL,    0,              EFFECT_ROUND },
	{ STATE_ACCEPT_REJECTED, EVENT_SUBMIT,  DESK_NONE,     STATE_ACCEPT_LOCAL,    0,              EFFECT_ROUND },
	{ STATE_ACCEPT_LOCAL,    EVENT_PASS,    DESK_LOCAL,    STATE_ACCEPT_PROVINCE, NEED_SCANNED,   0 },
	{ STATE_ACCEPT_LOCAL,    EVENT_REJECT,  DESK_LOCAL,    STATE_ACCEPT_REJECTED, NEED_REMARK,    0 },
	{ STATE_ACCEPT_PROVINCE, EVENT_PASS,    DESK_PROVINCE, STATE_ACCEPT_NATION,   NEED_SCANNED,   0 },
	{ STATE_ACCEPT_PROVINCE, EVENT_REJECT,  DESK_PROVINCE, STATE_ACCEPT_REJECTED, NEED_REMARK,    0 },
	{ STATE_ACCEPT_NATION,   EVENT_PASS,    DESK_NATION,   STATE_ACCEPTED,        NEEDS_LAST,     KEYS_2 },
	{ STATE_ACCEPT_NATION,   EVENT_REJECT,  DESK_NATION,   STATE_ACCEPT_REJECTED, NEED_REMARK,    0 },

	/* giving it up: APP-55, ACC-34 */
	{ STATE_APPLY_LOCAL,     EVENT_DISCARD, DESK_NONE,     STATE_DISCARDED,       NEED_REMARK,    0 },
	{ STATE_APPLY_PROVINCE,  EVENT_DISCARD, DESK_NONE,     STATE_DISCARDED,       NEED_REMARK,    0 },
	{ STATE_APPLY_NATION,    EVENT_DISCARD, DESK_NONE,     STATE_DISCARDED,       NEED_REMARK,    0 },
	{ STATE_APPLY_REJECTED,  EVENT_DISCARD, DESK_NONE,     STATE_DISCARDED,       NEED_REMARK,    0 },
	{ STATE_APPLIED,         EVENT_DISCARD, DESK_NONE,     STATE_DISCARDED,       NEED_REMARK,    EFFECT_REVOKE },
	{ STATE_ACCEPT_LOCAL,    EVENT_DISCARD, DESK_NONE,     STATE_DISCARDED,       NEED_REMARK,    EFFECT_REVOKE },
	{ STATE_ACCEPT_PROVINCE, EVENT_DISCARD, DESK_NONE,     STATE_DISCARDED,       NEED_REMARK,    EFFECT_REVOKE },
	{ STATE_ACCEPT_NATION,   EVENT_DISCARD, DESK_NONE,     STATE_DISCARDED,       NEED_REMARK,    EFFECT_REVOKE },
	{ STATE_ACCEPT_REJECTED, EVENT_DISCARD, DESK_NONE,     STATE_DISCARDED,       NEED_REMARK,    EFFECT_REVOKE },
	{ STATE_ACCEPTED,        EVENT_DISCARD, DESK_NONE,     STATE_DISCARDED,       NEED_REMARK,    EFFECT_REVOKE },
};
/* clang-format on */

const struct transition *
workflow_table(size_t *ret_count)
{
	*ret_count = COUNT(table);
	return table;
}

const struct transition *
workflow_step(enum state from, enum event event, enum desk who)
{
	for (size_t i = 0; i < COUNT(table); i++)
		if (table[i].from == from && table[i].event == event && table[i].who == who)
			return &table[i];
	return NULL;
}

const struct desk_info *
desk_info(enum desk desk)
{
	static const struct desk_info infos[] = {
#define DESK(code, name, wire, text, passed, rejected, pending, opinion)                           \
	[code] = { wire, text, passed, rejected, pending, opinion },
#include "handlers/rules/procedure/desk.def"
#undef DESK
	};

	return desk > DESK_NONE && desk < COUNT(infos) ? &infos[desk] : NULL;
}

const struct status_info *
status_info(enum status status)
{
	static const struct status_info infos[] = {
#define STATUS(name, wire, text) [STATUS_##name] = { wire, text },
#include "handlers/rules/procedure/status.def"
#undef STATUS
	};

	return status < COUNT(infos) ? &infos[status] : NULL;
}

const char *
state_name(enum state state)
{
	switch (state) {
#define STATE(code, name, status, desk, final)                                                     \
	case STATE_##name:                                                                         \
		return #name;
#include "handlers/rules/procedure/state.def"
#undef STATE
	}
	return NULL;
}

enum status
state_status(enum state state)
{
	switch (state) {
#define STATE(code, name, status, desk, final)                                                     \
	case STATE_##name:                                                                         \
		return STATUS_##status;
#include "handlers/rules/procedure/state.def"
#undef STATE
	}
	return STATUS_DISCARDED;
}

enum desk
state_desk(enum state state)
{
	switch (state) {
#define STATE(code, name, status, desk, final)                                                     \
	case STATE_##name:                                                                         \
		return desk;
#include "handlers/rules/procedure/state.def"
#undef STATE
	}
	return DESK_NONE;
}

bool
state_is_final(enum state state)
{
	switch (state) {
#define STATE(code, name, status, desk, final)                                                     \
	case STATE_##name:                                                                         \
		return final;
#include "handlers/rules/procedure/state.def"
#undef STATE
	}
	return true;
}

bool
state_apply_editable(enum state state)
{
	return state == STATE_DRAFT || state == STATE_APPLY_REJECTED;
}

bool
state_accept_editable(enum state state)
{
	return state == STATE_APPLIED || state == STATE_ACCEPT_REJECTED;
}

enum phase
state_phase(enum state state)
{
	return state >= STATE_APPLIED ? PHASE_ACCEPT : PHASE_APPLY;
}

enum phase
event_phase(enum event event, enum state from)
{
	return event == EVENT_DISCARD && from == STATE_APPLIED ? PHASE_APPLY : state_phase(from);
}

const char *
event_name(enum event event)
{
	switch (event) {
	case EVENT_SUBMIT:
		return "submit";
	case EVENT_PASS:
		return "pass";
	case EVENT_REJECT:
		return "reject";
	case EVENT_DISCARD:
		return "discard";
	}
	return NULL;
}

const char *
phase_name(enum phase phase)
{
	return phase == PHASE_APPLY ? "apply" : "accept";
}

const char state_words[] =
#define STATE(code, name, status, desk, final) " " #name
#include "handlers/rules/procedure/state.def"
#undef STATE
    ;
const char status_words[] =
#define STATUS(name, wire, text) " " wire
#include "handlers/rules/procedure/status.def"
#undef STATUS
    ;
const char desk_words[] =
#define DESK(code, name, wire, text, passed, rejected, pending, opinion) " " wire
#include "handlers/rules/procedure/desk.def"
#undef DESK
    ;
const char event_words[] = "submit pass reject discard";
const char phase_words[] = "apply accept";
