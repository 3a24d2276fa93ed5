/* GET /sandbox: the tables of the sandbox and of the bench, for the page 联调说明. */
#include "handlers/rules/table/mistake.h"
#include "handlers/rules/table/sandbox.h"
#include "handlers/sandbox/sandbox.h"
#include "handlers/selftest/sample.h"

static json_t *
fields_json(const struct sandbox_field *fields, size_t count, enum sandbox_service service)
{
	json_t *all = json_array();

	for (size_t i = 0; i < count; i++)
		if (fields[i].service == service || fields[i].service == SANDBOX_SERVICE_COUNT)
			json_array_append_new(all,
			    json_pack("{ss sb ss ss}", "name", fields[i].name, "required",
				(int)fields[i].required, "type", sandbox_types[fields[i].type],
				"text", fields[i].text));
	return all;
}

static json_t *
services_json(void)
{
	json_t *all = json_array();

	for (enum sandbox_service s = 0; s < SANDBOX_SERVICE_COUNT; s++)
		json_array_append_new(all,
		    json_pack("{ss ss ss so so}", "service", sandbox_services[s].wire, "title",
			sandbox_services[s].title, "text", sandbox_services[s].text, "request",
			fields_json(sandbox_asks, sandbox_asks_count, s), "answer",
			fields_json(sandbox_answers, sandbox_answers_count, s)));
	return all;
}

static json_t *
codes_json(void)
{
	json_t *all = json_array();

	json_array_append_new(all, json_pack("{ss ss}", "code", "0", "text", "成功"));
	for (enum sandbox_code c = 0; c < SANDBOX_CODE_COUNT; c++)
		json_array_append_new(all, json_pack("{ss ss}", "code", sandbox_codes[c].wire,
					       "text", sandbox_codes[c].text));
	return all;
}

static json_t *
mistakes_json(void)
{
	json_t *all = json_array();

	for (enum mistake m = 0; m < MISTAKE_COUNT; m++)
		json_array_append_new(all,
		    json_pack("{ss ss ss ss ss}", "mistake", mistakes[m].wire, "step",
			selftest_steps[mistakes[m].step].text, "title", mistakes[m].title, "advice",
			mistakes[m].advice, "sample", samples[mistakes[m].sample].wire));
	return all;
}

static json_t *
samples_json(struct arena *arena)
{
	json_t *all = json_array();

	for (enum sample s = 0; s < SAMPLE_COUNT; s++)
		json_array_append_new(all,
		    json_pack("{ss ss so}", "sample", samples[s].wire, "title", samples[s].text,
			"code", sample_json(arena, s)));
	return all;
}

enum err
sandbox_show(struct req *q)
{
	return reply_json(q, 200,
	    json_pack("{si si so so so so}", "clock_seconds", SANDBOX_CLOCK, "keep_seconds",
		SANDBOX_AGE, "services", services_json(), "codes", codes_json(), "mistakes",
		mistakes_json(), "samples", samples_json(q->arena)));
}
