#include <string.h>

#include "fcgi/http/answer.h"
#include "fcgi/http/route.h"
#include "fcgi/http/session.h"
#include "tests/support/suite.h"

struct pet {
	const char *name, *kind;
};
static const struct answer_row pet_rows[] = {
	ANSWER(struct pet, name),
	ANSWER(struct pet, kind, .words = "cat dog", .null = true),
};
static const struct answer pet_answer = ANSWER_TABLE("pet", struct pet, pet_rows);

#define OWNER 3

struct house {
	const char *street;
	int64_t number, sold_at;
	bool empty, haunted;
	const int64_t *floors;
	const bool *warm;
	struct text_list colours;
	json_t *notes, *pets_by_name;
	const struct pet *guard;
	ANSWER_ITEMS(struct pet) pets;
	const char *key;
};
static const struct answer_row house_rows[] = {
	ANSWER(struct house, street),
	ANSWER(struct house, number),
	ANSWER(struct house, sold_at, .null = true, .about = "Unix seconds"),
	ANSWER(struct house, empty),
	ANSWER(struct house, haunted, .optional = true),
	ANSWER(struct house, floors, .null = true),
	ANSWER(struct house, warm, .null = true),
	ANSWER(struct house, colours, .words = "red green"),
	ANSWER(struct house, notes, .null = true),
	ANSWER(struct house, pets_by_name, .optional = true, .of = &pet_answer, .keyed = true),
	ANSWER_ONE(struct house, guard, &pet_answer, .null = true),
	ANSWER_MANY(struct house, pets, &pet_answer),
	ANSWER(struct house, key, .who = WHO(OWNER), .about = "for its owner"),
};
static const struct answer house_answer = ANSWER_TABLE("house", struct house, house_rows);

static struct session session;
static struct req q = { .session = &session };

static const struct pet cat = { "咪咪", "cat" };

/* As it is sent, in the order of the rows. */
static void
sent(const struct house *house, const char *text)
{
	json_auto_t *json = answer_json(&q, &house_answer, house);
	char buffer[1000] = "";

	CU_ASSERT_PTR_NOT_NULL_FATAL(json);
	json_dumpb(json, buffer, sizeof(buffer) - 1, JSON_COMPACT);
	if (strcmp(buffer, text) != 0)
		printf("%s\n", buffer);
	CU_ASSERT_STRING_EQUAL(buffer, text);
}

static void
what_there_is_is_sent(void)
{
	static const char *const colours[] = { "red", "green" };
	json_auto_t *notes = json_pack("[i]", 1), *pets = json_object();
	const int64_t floors = 0;
	const bool warm = false;
	struct house h = { .street = "中山路",
		.number = 0,
		.sold_at = 5,
		.haunted = true,
		.floors = &floors,
		.warm = &warm,
		.colours = { colours, 2 },
		.notes = notes,
		.pets_by_name = pets,
		.guard = &cat,
		.pets = { &cat, 1 },
		.key = "k" };

	sent(&h,
	    "{\"street\":\"中山路\",\"number\":0,\"sold_at\":5,\"empty\":false,\"haunted\":true,"
	    "\"floors\":0,\"warm\":false,\"colours\":[\"red\",\"green\"],\"notes\":[1],"
	    "\"pets_by_name\":{},\"guard\":{\"name\":\"咪咪\",\"kind\":\"cat\"},"
	    "\"pets\":[{\"name\":\"咪咪\",\"kind\":\"cat\"}]}");
}

static void
what_there_is_not_is_null_or_left_out(void)
{
	sent(&(struct house){ .street = "" },
	    "{\"street\":\"\",\"number\":0,\"sold_at\":null,\"empty\":false,\"floors\":null,"
	    "\"warm\":null,\"colours\":[],\"notes\":null,\"guard\":null,\"pets\":[]}");
}

static void
a_role_sees_what_its_rows_say(void)
{
	struct house h = { .street = "", .key = "k" };

	session.role = OWNER;
	json_auto_t *json = answer_json(&q, &house_answer, &h);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(json, "key")), "k");
	/* it has to be there for him */
	h.key = NULL;
	CU_ASSERT_PTR_NULL(answer_json(&q, &house_answer, &h));
	session.role = 0;
}

static void
what_must_be_there_is_missed(void)
{
	const struct pet nameless = { NULL, "cat" };
	const struct house no_street = { .number = 1 },
			   no_name = { .street = "", .pets = { &nameless, 1 } };

	CU_ASSERT_PTR_NULL(answer_json(&q, &house_answer, &no_street));
	CU_ASSERT_PTR_NULL(answer_json(&q, &house_answer, &no_name));
	CU_ASSERT_EQUAL(reply(&q, 200, &house_answer, &no_street), ERR_INTERNAL);
}

static void
another_word_is_sent_as_it_is(void)
{
	const char *const others[] = { "cow", "do", "at", "" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		const struct pet other = { "小黑", others[i] };
		json_auto_t *json = answer_json(&q, &pet_answer, &other);

		CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(json, "kind")), others[i]);
	}
}

static void
the_route_names_its_answer(void)
{
	static const struct route other = { .path = "/other", .answer = &pet_answer };
	const struct house h = { .street = "" };

	q.route = &other;
	CU_ASSERT_PTR_NULL(answer_json(&q, &house_answer, &h));
	json_auto_t *json = answer_json(&q, &pet_answer, &cat);
	CU_ASSERT_PTR_NOT_NULL(json);
	q.route = NULL;
}

static void
the_schema_says_the_same(void)
{
	json_auto_t *schema = answer_schema(&house_answer), *pet = answer_schema(&pet_answer);
	json_t *rows = json_object_get(schema, "properties");
	json_t *required = json_object_get(schema, "required");
	json_auto_t *key = json_pack("{ss ss}", "type", "string", "description", "for its owner");
	json_auto_t *kind = json_pack("{s[{ss s[ss]} {ss}]}", "anyOf", "type", "string", "enum",
	    "cat", "dog", "type", "null");
	json_auto_t *pets =
	    json_pack("{ss s{ss}}", "type", "array", "items", "$ref", "#/components/schemas/pet");

	CU_ASSERT_EQUAL(json_object_size(rows), 13);
	CU_ASSERT_EQUAL(json_array_size(required), 10); /* not haunted, pets_by_name, key */
	CU_ASSERT_TRUE(json_equal(json_object_get(rows, "key"), key));
	CU_ASSERT_TRUE(json_equal(json_object_get(rows, "pets"), pets));
	CU_ASSERT_TRUE(
	    json_equal(json_object_get(json_object_get(pet, "properties"), "kind"), kind));
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "what there is is sent", what_there_is_is_sent },
		{ "what there is not is null or left out", what_there_is_not_is_null_or_left_out },
		{ "a role sees what its rows say", a_role_sees_what_its_rows_say },
		{ "what must be there is missed", what_must_be_there_is_missed },
		{ "another word is sent as it is", another_word_is_sent_as_it_is },
		{ "the route names its answer", the_route_names_its_answer },
		{ "the schema says the same", the_schema_says_the_same },
		CU_TEST_INFO_NULL,
	};

	return run_suite("answer", tests);
}
