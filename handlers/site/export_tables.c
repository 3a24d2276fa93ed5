#include "handlers/site/export_tables.h"

#include <stdio.h>
#include <string.h>

#include "handlers/admin/catalogue.h"
#include "handlers/rules/procedure/workflow.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/names.h"
#include "handlers/rules/table/slots.h"
#include "handlers/site/forms.h"
#include "handlers/site/routes.h"

static json_t *
slots_json(void)
{
	json_t *all = json_object();

	for (size_t i = 0; i < slots_count; i++) {
		json_t *extensions = json_array();

		for (const char *word = slots[i].extensions; *word;) {
			size_t size = strcspn(word, " ");

			json_array_append_new(extensions, json_stringn(word, size));
			word += size + (word[size] == ' ');
		}
		json_object_set_new(all, slots[i].name,
		    json_pack("{sI so ss}", "max_bytes", (json_int_t)slots[i].max_bytes,
			"extensions", extensions, "text", slots[i].text));
	}
	return all;
}

static json_t *
kinds_json(const struct kind_info *list)
{
	json_t *all = json_array();

	for (; list->wire; list++)
		json_array_append_new(all,
		    json_pack("{ss ss}", "code", list->wire, "text", list->text));
	return all;
}

static json_t *
states_json(void)
{
	json_t *all = json_array();

#define STATE(code, name, status, desk, final)                                                     \
	json_array_append_new(all, json_pack("{ss ss sb}", "code", #name, "status",                \
				       status_info(STATUS_##status)->wire, "final", final));
#include "handlers/rules/procedure/state.def"
#undef STATE
	return all;
}

static json_t *
desks_json(void)
{
	json_t *all = json_array();

#define DESK(code, name, wire, text, passed, rejected, pending, opinion)                           \
	json_array_append_new(all,                                                                 \
	    json_pack("{ss ss ss ss ss ss}", "code", wire, "text", text, "passed", passed,         \
		"rejected", rejected, "pending", pending, "opinion", opinion));
#include "handlers/rules/procedure/desk.def"
#undef DESK
	return all;
}

static bool
takes_form(const struct route_table *site, const struct form *form)
{
	for (size_t i = 0; i < site->count; i++)
		if (site->rows[i].form == form)
			return true;
	return false;
}

static json_t *
deeds_json(void)
{
	json_t *all = json_array();

	for (enum deed deed = 0; deed < DEED_COUNT; deed++)
		json_array_append_new(all, json_pack("{ss ss}", "code", deed_name(deed), "text",
					       deed_text(deed_name(deed))));
	return all;
}

json_t *
export_rules(const struct route_table *site)
{
	json_t *all = json_object(), *statuses = json_array(), *rules;

	for (size_t i = 0; i < forms_count; i++)
		if (!site || takes_form(site, forms[i]))
			json_object_set_new(all, forms[i]->name, form_export(forms[i]));
	for (enum status s = 0; s < STATUS_COUNT; s++)
		json_array_append_new(statuses, json_pack("{ss ss}", "code", status_info(s)->wire,
						    "text", status_info(s)->text));
	rules = json_pack("{so so so so so so so so}", "forms", all, "slots", slots_json(),
	    "statuses", statuses, "states", states_json(), "desks", desks_json(), "businesses",
	    kinds_json(businesses), "certifications", kinds_json(certifications), "appeals",
	    kinds_json(appeal_states));
	if (!site) {
		json_object_set_new(rules, "catalogues", catalogues_json());
		json_object_set_new(rules, "deeds", deeds_json());
		json_object_set_new(rules, "roles", kinds_json(roles));
	}
	return rules;
}
