#ifndef HANDLERS_RULES_PROCEDURE_WORKFLOW_H
#define HANDLERS_RULES_PROCEDURE_WORKFLOW_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The life of an application (handlers/rules/README.md, A-43 … A-56). Pure: no
 * clock, no database, no request.
 */

/* The bureau an application lies at; DESK_NONE: with the applicant. */
enum desk {
	DESK_NONE = 0,
#define DESK(code, name, wire, text, passed, rejected, pending, opinion) DESK_##name = (code),
#include "handlers/rules/procedure/desk.def"
#undef DESK
};

enum status {
#define STATUS(name, wire, text) STATUS_##name,
#include "handlers/rules/procedure/status.def"
#undef STATUS
};

enum state {
#define STATE(code, name, status, desk, final) STATE_##name = (code),
#include "handlers/rules/procedure/state.def"
#undef STATE
};

/* Codes are kept in application_event. */
enum event { EVENT_SUBMIT = 1, EVENT_PASS = 2, EVENT_REJECT = 3, EVENT_DISCARD = 4 };

enum phase { PHASE_APPLY = 1, PHASE_ACCEPT = 2 };

enum need {
	NEED_REMARK = 1 << 0,   /* the person says why */
	NEED_SECURITY = 1 << 1, /* 技术标准验证和安全测评 was ticked */
	NEED_SCANNED = 1 << 2,  /* no filed file waits for the virus scanner, none is infected */
};

enum effect {
	EFFECT_TEST_KEYS = 1 << 0,   /* test credentials and sheets are issued */
	EFFECT_FORMAL_KEYS = 1 << 1, /* formal ones */
	EFFECT_REVOKE = 1 << 2,      /* whatever was issued is disabled */
	EFFECT_ROUND = 1 << 3,       /* a snapshot is kept as a numbered round */
};

struct transition {
	enum state from;
	enum event event;
	enum desk who; /* DESK_NONE: the operator; else staff of that desk's bureau */
	enum state to;
	unsigned needs;   /* enum need */
	unsigned effects; /* enum effect */
};

/* All rows, for tests and for the browser's buttons. */
const struct transition *workflow_table(size_t *ret_count);

/* The row for this step, or NULL when the step is not allowed. */
const struct transition *workflow_step(enum state from, enum event event, enum desk who);

/* What people read and programs send; NULL for a number that is no such code. */
struct desk_info {
	const char *wire, *text, *passed, *rejected, *pending, *opinion;
};
const struct desk_info *desk_info(enum desk desk);

struct status_info {
	const char *wire, *text;
};
const struct status_info *status_info(enum status status);
#define STATUS_COUNT (STATUS_DISCARDED + 1)

/* Stable name ("APPLY_LOCAL"); NULL for a number that is not a state. */
const char *state_name(enum state state);
enum status state_status(enum state state);
enum desk state_desk(enum state state);
bool state_is_final(enum state state);
/* May the operator change the 申请单 / the 验收单 now? */
bool state_apply_editable(enum state state);
bool state_accept_editable(enum state state);
/* The phase a step in `state` belongs to: which of the two forms is on the desk. */
enum phase state_phase(enum state state);
/* The phase a step is told under: 弃用 of a passed application still belongs to its first. */
enum phase event_phase(enum event event, enum state from);
const char *event_name(enum event event);
const char *phase_name(enum phase phase);

/* All names there are, separated by blanks: `words` of fcgi/http/answer.h. */
extern const char state_words[], status_words[], desk_words[], event_words[], phase_words[];

#endif
