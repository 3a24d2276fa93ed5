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
	struct text_list colours, rules;
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
	ANSWER(struct house, rules, .null = true),
	ANSWER(struct house, notes, .null = true),
	ANSWER(struct house, pets_by_name, .optional = true, .of = &pet_answer, .keyed = true),
	ANSWER_ONE(struct house, guard, &pet_answer, .null = true),
	ANSWER_MANY(struct house, pets, &pet_answer),
	ANSWER(struct house, key, .who = WHO(OWNER), .about = "for its owner"),
};
static const struct answer house_answer = ANSWER_TABLE("house", struct house, house_rows);

static struct session session;
static struct req q = { .session = &session };

/* As whoever gets it reads it. */
static json_t *
read_back(const struct answer *answer, const void *in)
{
	const char *text = answer_text(&q, answer, in);

	return text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
}

static const struct pet cat = { "咪咪", "cat" };

/* As it is sent, in the order of the rows. */
static void
sent(const struct house *house, const char *text)
{
	const char *is = answer_text(&q, &house_answer, house);

	CU_ASSERT_PTR_NOT_NULL_FATAL(is);
	if (strcmp(is, text) != 0)
		printf("%s\n", is);
	CU_ASSERT_STRING_EQUAL(is, text);
}

static void
what_there_is_is_sent(void)
{
	static const char *const colours[] = { "red", "green" };
	static const char *const none[1];
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
		.rules = { none, 0 },
		.notes = notes,
		.pets_by_name = pets,
		.guard = &cat,
		.pets = { &cat, 1 },
		.key = "k" };

	sent(&h,
	    "{\"street\":\"中山路\",\"number\":0,\"sold_at\":5,\"empty\":false,\"haunted\":true,"
	    "\"floors\":0,\"warm\":false,\"colours\":[\"red\",\"green\"],\"rules\":[],\"notes\":[1]"
	    ","
	    "\"pets_by_name\":{},\"guard\":{\"name\":\"咪咪\",\"kind\":\"cat\"},"
	    "\"pets\":[{\"name\":\"咪咪\",\"kind\":\"cat\"}]}");
}

static void
what_there_is_not_is_null_or_left_out(void)
{
	sent(&(struct house){ .street = "" },
	    "{\"street\":\"\",\"number\":0,\"sold_at\":null,\"empty\":false,\"floors\":null,"
	    "\"warm\":null,\"colours\":[],\"rules\":null,\"notes\":null,\"guard\":null,\"pets\":[]"
	    "}");
}

struct kennel {
	ANSWER_ITEMS(struct pet) guests, strays;
};
static const struct answer_row kennel_rows[] = {
	ANSWER_MANY(struct kennel, guests, &pet_answer, .null = true),
	ANSWER_MANY(struct kennel, strays, &pet_answer, .optional = true),
};
static const struct answer kennel_answer = ANSWER_TABLE("kennel", struct kennel, kennel_rows);

static void
no_list_is_another_thing_than_an_empty_one(void)
{
	json_auto_t *none = read_back(&kennel_answer, &(struct kennel){ .guests = { 0 } });
	json_auto_t *empty =
	    read_back(&kennel_answer, &(struct kennel){ { &cat, 0 }, { &cat, 0 } });

	CU_ASSERT_TRUE(json_is_null(json_object_get(none, "guests")));
	CU_ASSERT_PTR_NULL(json_object_get(none, "strays"));
	CU_ASSERT_TRUE(json_is_array(json_object_get(empty, "guests")));
	CU_ASSERT_TRUE(json_is_array(json_object_get(empty, "strays")));
}

static void
a_role_sees_what_its_rows_say(void)
{
	struct house h = { .street = "", .key = "k" };

	session.role = OWNER;
	json_auto_t *json = read_back(&house_answer, &h);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(json, "key")), "k");
	/* it has to be there for him */
	h.key = NULL;
	CU_ASSERT_PTR_NULL(answer_text(&q, &house_answer, &h));
	session.role = 0;
}

static void
what_must_be_there_is_missed(void)
{
	const struct pet nameless = { NULL, "cat" };
	const struct house no_street = { .number = 1 },
			   no_name = { .street = "", .pets = { &nameless, 1 } };

	CU_ASSERT_PTR_NULL(answer_text(&q, &house_answer, &no_street));
	CU_ASSERT_PTR_NULL(answer_text(&q, &house_answer, &no_name));
	CU_ASSERT_EQUAL(reply(&q, 200, &house_answer, &no_street), ERR_INTERNAL);
}

/* Also one that is empty, which every word begins with. */
static void
a_text_that_is_no_word_is_sent(void)
{
	const struct pet odd = { "咪咪", "dogs" }, none = { "咪咪", "" };

	json_auto_t *said = read_back(&pet_answer, &odd);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(said, "kind")), "dogs");
	json_auto_t *empty = read_back(&pet_answer, &none);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(empty, "kind")), "");
}

static void
any_text_can_be_sent(void)
{
	const struct pet odd = { "\"a\\b\"\n\t\x01\x7f𠮷/</script>", "cat" },
			 torn = { "\xe5\x8c", "cat" }, surrogate = { "\xed\xa0\x80", "cat" };
	json_auto_t *said = read_back(&pet_answer, &odd);

	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(said, "name")), odd.name);
	CU_ASSERT_STRING_EQUAL(answer_text(&q, &pet_answer, &odd),
	    "{\"name\":\"\\\"a\\\\b\\\"\\n\\u0009\\u0001\x7f𠮷/</script>\",\"kind\":\"cat\"}");
	CU_ASSERT_PTR_NULL(answer_text(&q, &pet_answer, &torn));
	CU_ASSERT_PTR_NULL(answer_text(&q, &pet_answer, &surrogate));
}

static void
a_long_answer_is_whole(void)
{
	static struct pet many[3000];
	const struct kennel all = { { many, 3000 }, { 0 } };

	for (size_t i = 0; i < 3000; i++)
		many[i] = cat;
	json_auto_t *said = read_back(&kennel_answer, &all);
	CU_ASSERT_EQUAL(json_array_size(json_object_get(said, "guests")), 3000);
}

struct tree {
	int64_t id;
	const char *species, *nickname, *secret;
	int64_t height;
	bool felled;
	struct text_list birds;
};
static const struct field tree_fields[] = {
	FIELD(struct tree, species, .label = "Species", .required = true),
	FIELD(struct tree, nickname),
	FIELD(struct tree, secret, .secret = true),
	FIELD(struct tree, height),
	FIELD(struct tree, felled),
	FIELD(struct tree, birds),
};
static const struct form tree_form = FORM("tree", tree_fields);
static const struct answer_row tree_rows[] = {
	ANSWER(struct tree, id),
};
static const struct answer tree_answer = {
	.name = "tree",
	.form = &tree_form,
	.rows = tree_rows,
	.count = 1,
	.size = sizeof(struct tree),
};

static void
the_fields_of_a_form_are_sent(void)
{
	static const char *const birds[] = { "tit" };
	const struct tree oak = { .id = 7, .species = "oak", .secret = "s", .birds = { birds, 1 } };
	const struct tree ash = { .species = "ash", .nickname = "A", .height = 9, .felled = true };
	json_auto_t *one = read_back(&tree_answer, &oak), *other = read_back(&tree_answer, &ash);
	json_auto_t *is = json_pack("{sI ss sI sb s[s]}", "id", (json_int_t)7, "species", "oak",
	    "height", (json_int_t)0, "felled", false, "birds", "tit");
	json_auto_t *also = json_pack("{sI ss ss sI sb}", "id", (json_int_t)0, "species", "ash",
	    "nickname", "A", "height", (json_int_t)9, "felled", true);

	CU_ASSERT_TRUE(json_equal(one, is));
	CU_ASSERT_TRUE(json_equal(other, also));
}

static void
the_schema_has_the_fields_of_a_form(void)
{
	json_auto_t *schema = answer_schema(&tree_answer);
	json_t *rows = json_object_get(schema, "properties");
	json_auto_t *species = json_pack("{ss ss}", "type", "string", "title", "Species");
	json_auto_t *birds = json_pack("{ss s{ss}}", "type", "array", "items", "type", "string");
	json_auto_t *required = json_pack("[ssss]", "species", "height", "felled", "id");

	CU_ASSERT_EQUAL(json_object_size(rows), 6); /* not secret */
	CU_ASSERT_TRUE(json_equal(json_object_get(rows, "species"), species));
	CU_ASSERT_TRUE(json_equal(json_object_get(rows, "birds"), birds));
	CU_ASSERT_TRUE(json_equal(json_object_get(schema, "required"), required));
}

static void
the_route_names_its_answer(void)
{
	static const struct route other = { .path = "/other", .answer = &pet_answer };
	const struct house h = { .street = "" };

	q.route = &other;
	CU_ASSERT_PTR_NULL(answer_text(&q, &house_answer, &h));
	json_auto_t *json = read_back(&pet_answer, &cat);
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

	CU_ASSERT_EQUAL(json_object_size(rows), 14);
	CU_ASSERT_EQUAL(json_array_size(required), 11); /* not haunted, pets_by_name, key */
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
		{ "no list is another thing than an empty one",
		    no_list_is_another_thing_than_an_empty_one },
		{ "a role sees what its rows say", a_role_sees_what_its_rows_say },
		{ "what must be there is missed", what_must_be_there_is_missed },
		{ "a text that is no word is sent", a_text_that_is_no_word_is_sent },
		{ "any text can be sent", any_text_can_be_sent },
		{ "a long answer is whole", a_long_answer_is_whole },
		{ "the fields of a form are sent", the_fields_of_a_form_are_sent },
		{ "the schema has the fields of a form", the_schema_has_the_fields_of_a_form },
		{ "the route names its answer", the_route_names_its_answer },
		{ "the schema says the same", the_schema_says_the_same },
		CU_TEST_INFO_NULL,
	};

	q.arena = arena_new((size_t)4 << 20);
	int failed = run_suite("answer", tests);
	arena_free(q.arena);
	return failed;
}
