/* GET /sandbox: the tables of the sandbox and of the self-test, for the page 联调说明. */
#include "handlers/rules/table/mistake.h"
#include "handlers/rules/table/sandbox.h"
#include "handlers/sandbox/sandbox.h"
#include "handlers/selftest/sample.h"

struct field_answer {
	const char *name, *type, *text;
	bool required;
};
static const struct answer_row field_rows[] = {
	ANSWER(struct field_answer, name),
	ANSWER(struct field_answer, required),
	ANSWER(struct field_answer, type, .about = "for people"),
	ANSWER(struct field_answer, text),
};
static const struct answer field_answer =
    ANSWER_TABLE("sandbox_field", struct field_answer, field_rows);

struct service_answer {
	const char *service, *title, *text;
	ANSWER_ITEMS(struct field_answer) request, answer;
};
static const struct answer_row service_rows[] = {
	ANSWER(struct service_answer, service),
	ANSWER(struct service_answer, title),
	ANSWER(struct service_answer, text),
	ANSWER_MANY(struct service_answer, request, &field_answer),
	ANSWER_MANY(struct service_answer, answer, &field_answer),
};
static const struct answer service_answer =
    ANSWER_TABLE("sandbox_service", struct service_answer, service_rows);

static const struct answer_row code_rows[] = {
	ANSWER_AS(struct sandbox_code_info, wire, "code"),
	ANSWER(struct sandbox_code_info, text),
};
static const struct answer code_answer =
    ANSWER_TABLE("sandbox_code", struct sandbox_code_info, code_rows);

struct mistake_answer {
	const char *mistake, *step, *title, *advice, *sample;
};
static const struct answer_row mistake_rows[] = {
	ANSWER(struct mistake_answer, mistake, .words = mistake_words),
	ANSWER(struct mistake_answer, step, .about = "for people"),
	ANSWER(struct mistake_answer, title),
	ANSWER(struct mistake_answer, advice),
	ANSWER(struct mistake_answer, sample, .words = sample_words,
	    .about = "which of the samples does it right"),
};
static const struct answer mistake_answer =
    ANSWER_TABLE("known_mistake", struct mistake_answer, mistake_rows);

struct sample_answer {
	const char *sample, *title;
	ANSWER_ITEMS(struct sample_code_answer) code;
};
static const struct answer_row sample_rows[] = {
	ANSWER(struct sample_answer, sample, .words = sample_words),
	ANSWER(struct sample_answer, title),
	ANSWER_MANY(struct sample_answer, code, &sample_code_answer),
};
static const struct answer sample_answer =
    ANSWER_TABLE("sample", struct sample_answer, sample_rows);

struct sandbox_guide_answer {
	int64_t clock_seconds, keep_seconds;
	ANSWER_ITEMS(struct service_answer) services;
	ANSWER_ITEMS(struct sandbox_code_info) codes;
	ANSWER_ITEMS(struct mistake_answer) mistakes;
	ANSWER_ITEMS(struct sample_answer) samples;
};
static const struct answer_row rows[] = {
	ANSWER(struct sandbox_guide_answer, clock_seconds,
	    .about = "how far a timestamp may be off, either way"),
	ANSWER(struct sandbox_guide_answer, keep_seconds, .about = "how long an order is kept"),
	ANSWER_MANY(struct sandbox_guide_answer, services, &service_answer),
	ANSWER_MANY(struct sandbox_guide_answer, codes, &code_answer),
	ANSWER_MANY(struct sandbox_guide_answer, mistakes, &mistake_answer),
	ANSWER_MANY(struct sandbox_guide_answer, samples, &sample_answer),
};
const struct answer sandbox_guide_answer =
    ANSWER_TABLE("sandbox_guide", struct sandbox_guide_answer, rows);

/* Those of that service, in the arena. */
static struct field_answer *
fields_of(struct arena *arena, const struct sandbox_field *fields, size_t count,
    enum sandbox_service service, size_t *ret_count)
{
	struct field_answer *all = ARENA_ARRAY(arena, struct field_answer, count);

	*ret_count = 0;
	for (size_t i = 0; i < count; i++)
		if (fields[i].service == service || fields[i].service == SANDBOX_SERVICE_COUNT)
			all[(*ret_count)++] = (struct field_answer){
				.name = fields[i].name,
				.type = sandbox_types[fields[i].type],
				.text = fields[i].text,
				.required = fields[i].required,
			};
	return all;
}

static void
add_services(struct arena *arena, struct sandbox_guide_answer *ret)
{
	struct service_answer *all =
	    ARENA_ARRAY(arena, struct service_answer, SANDBOX_SERVICE_COUNT);

	for (enum sandbox_service s = 0; s < SANDBOX_SERVICE_COUNT; s++) {
		all[s].service = sandbox_services[s].wire;
		all[s].title = sandbox_services[s].title;
		all[s].text = sandbox_services[s].text;
		all[s].request.items =
		    fields_of(arena, sandbox_asks, sandbox_asks_count, s, &all[s].request.count);
		all[s].answer.items = fields_of(arena, sandbox_answers, sandbox_answers_count, s,
		    &all[s].answer.count);
	}
	ret->services.items = all;
	ret->services.count = SANDBOX_SERVICE_COUNT;
}

static void
add_codes(struct arena *arena, struct sandbox_guide_answer *ret)
{
	struct sandbox_code_info *all =
	    ARENA_ARRAY(arena, struct sandbox_code_info, SANDBOX_CODE_COUNT + 1);

	all[0] = (struct sandbox_code_info){ "0", "成功" };
	for (enum sandbox_code c = 0; c < SANDBOX_CODE_COUNT; c++)
		all[c + 1] = sandbox_codes[c];
	ret->codes.items = all;
	ret->codes.count = SANDBOX_CODE_COUNT + 1;
}

static void
add_mistakes(struct arena *arena, struct sandbox_guide_answer *ret)
{
	struct mistake_answer *all = ARENA_ARRAY(arena, struct mistake_answer, MISTAKE_COUNT);

	for (enum mistake m = 0; m < MISTAKE_COUNT; m++)
		all[m] = (struct mistake_answer){
			.mistake = mistakes[m].wire,
			.step = selftest_steps[mistakes[m].step].text,
			.title = mistakes[m].title,
			.advice = mistakes[m].advice,
			.sample = samples[mistakes[m].sample].wire,
		};
	ret->mistakes.items = all;
	ret->mistakes.count = MISTAKE_COUNT;
}

static void
add_samples(struct arena *arena, struct sandbox_guide_answer *ret)
{
	struct sample_answer *all = ARENA_ARRAY(arena, struct sample_answer, SAMPLE_COUNT);

	for (enum sample s = 0; s < SAMPLE_COUNT; s++)
		all[s] = (struct sample_answer){
			.sample = samples[s].wire,
			.title = samples[s].text,
			.code = { sample_codes(arena, s), SAMPLE_LANGUAGE_COUNT },
		};
	ret->samples.items = all;
	ret->samples.count = SAMPLE_COUNT;
}

enum err
sandbox_show(struct req *q)
{
	struct sandbox_guide_answer answer = {
		.clock_seconds = SANDBOX_CLOCK,
		.keep_seconds = SANDBOX_AGE,
	};

	add_services(q->arena, &answer);
	add_codes(q->arena, &answer);
	add_mistakes(q->arena, &answer);
	add_samples(q->arena, &answer);
	return reply(q, 200, &sandbox_guide_answer, &answer);
}
