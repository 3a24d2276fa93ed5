#include "handlers/unit/registry.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/common/port.h"

#define SECONDS 10L /* a job asks: nobody waits at a page */

struct registry_settings registry_settings = { .url = "" };
static const struct setting rows[] = {
	SETTING(struct registry_settings, url, "UNIT_CHECK_URL", ""),
};
const struct settings registry_settings_table = SETTINGS(rows, registry_settings);

static const enum checked asked[] = { CHECKED_USCC, CHECKED_NAME, CHECKED_LEGAL };

static const char *
wire(enum checked field)
{
	return kind_by_code(checked_fields, (int)field)->wire;
}

/* What it says of one field; NULL: nothing that was agreed on. */
static const struct kind_info *
said(const json_t *answer, enum checked field)
{
	const char *word = json_string_value(json_object_get(answer, wire(field)));

	return word ? kind_by_wire(mark_kinds, word) : NULL;
}

static char *
question(struct req *q, const struct unit_checks *checks)
{
	json_auto_t *all = json_object();

	for (size_t i = 0; i < COUNT(asked); i++)
		json_object_set_new(all, wire(asked[i]), json_string(checks->of[asked[i]].given));
	char *text = json_dumps(all, JSON_COMPACT);
	char *kept = arena_printf(q->arena, "%s", text ? text : "{}");
	free(text);
	return kept;
}

enum registry
registry_ask(struct req *q, struct unit_checks *checks)
{
	const struct kind_info *marked[COUNT(asked)] = { NULL };
	enum registry outcome = REGISTRY_ANSWERED;
	json_auto_t *answer = NULL;

	if (!*registry_settings.url)
		return REGISTRY_NONE;
	if (port_ask(q->arena, "unit_check", registry_settings.url, question(q, checks), SECONDS,
		&answer) != ERR_OK)
		outcome = REGISTRY_AWAY;
	for (size_t i = 0; i < COUNT(asked) && outcome == REGISTRY_ANSWERED; i++) {
		marked[i] = said(answer, asked[i]);
		if (!marked[i])
			outcome = REGISTRY_AWAY;
	}
	for (size_t i = 0; i < COUNT(asked); i++)
		checks->of[asked[i]].by_registry = outcome == REGISTRY_ANSWERED
						       ? (unsigned)marked[i]->code
						       : (unsigned)MARK_UNKNOWN;
	return outcome;
}
