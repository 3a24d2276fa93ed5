/* What must hold for every row of the tables, and what no compiler sees. */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/http/answer.h"
#include "handlers/account/appeal.h"
#include "handlers/admin/publish.h"
#include "handlers/import/import.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/names.h"
#include "handlers/rules/table/slots.h"
#include "handlers/site/forms.h"
#include "handlers/site/gates.h"
#include "handlers/site/routes.h"
#include "handlers/upload/upload.h"
#include "tests/support/suite.h"

#define KEY "00112233445566778899aabbccddeeff"
#define ANSWERS_MAX 400
#define PLAIN_BODY 64 /* bytes of a body that is sent and not read, such as {} */

/* A row that breaks a rule is named, and fails the test it is asked in. */
static void
check(bool good, const char *rule, const char *where, const char *what)
{
	if (!good)
		fprintf(stderr, "%s: %s %s\n", rule, where, what);
	CU_ASSERT_TRUE(good);
}
#define ROW(good, rule) check((good), (rule), r->method, r->path)
#define FIELD_ROW(good, rule) check((good), (rule), forms[i]->name, f->name)

#define EACH_ROUTE(r)                                                                              \
	for (size_t t_ = 0; t_ < 2; t_++)                                                          \
		for (const struct route *r = tables[t_]->rows;                                     \
		     r < tables[t_]->rows + tables[t_]->count; r++)
#define EACH_FIELD(i, f)                                                                           \
	for (size_t i = 0; i < forms_count; i++)                                                   \
		for (const struct field *f = forms[i]->fields;                                     \
		     f < forms[i]->fields + forms[i]->count; f++)

static const struct route_table *const tables[] = { &routes_public, &routes_review };
static struct req q;

static bool
is_one_of(const char *word, const char *const *list)
{
	while (*list && strcmp(*list, word) != 0)
		list++;
	return *list;
}

static bool
changes(const struct route *r)
{
	static const char *const unsafe[] = { "POST", "PUT", "PATCH", "DELETE", NULL };

	return is_one_of(r->method, unsafe);
}

static bool
is_form(const struct form *form)
{
	size_t i = 0;

	while (i < forms_count && forms[i] != form)
		i++;
	return i < forms_count;
}

static const struct field *
field(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return &form->fields[i];
	return NULL;
}

/* ---- routes -------------------------------------------------------------- */

static void
every_row_is_complete(void)
{
	static const char *const safe[] = { "GET", "HEAD", "OPTIONS", NULL };

	EACH_ROUTE(r)
	{
		ROW(changes(r) || is_one_of(r->method, safe), "a method we know");
		ROW(r->handler && r->who && r->about && *r->about, "handler, people, a word");
		/* fcgi/http/dispatch.c counts visits by the first 64 bytes */
		ROW(strlen(r->path) <= 64, "a path of at most 64 bytes");
		ROW(!r->form || r->body_max <= 256 << 10, "a body that may lie in memory");
	}
}

/* An answer of each row, and one meaning for each name of a schema: the same name is the same table. */
static void
check_answer(const struct answer *answer, const struct answer **known, size_t *count)
{
	size_t i = 0;

	while (i < *count && known[i] != answer) {
		check(strcmp(known[i]->name, answer->name) != 0 || answer->count == 0,
		    "a name for one table only", answer->name, "");
		i++;
	}
	if (i < *count)
		return;
	CU_ASSERT_TRUE_FATAL(*count < ANSWERS_MAX);
	known[(*count)++] = answer;
	for (const struct answer_row *row = answer->rows; row < answer->rows + answer->count;
	     row++) {
		check(row->type != ANSWER_OBJECT && row->type != ANSWER_LIST ? !row->size
									     : row->of != NULL,
		    "what is in it", answer->name, row->name);
		if (!row->of)
			continue;
		check(!row->size || row->of->count == 0 || row->size == row->of->size,
		    "a struct of the size its table is for", answer->name, row->name);
		check_answer(row->of, known, count);
	}
}

static void
every_row_names_its_answer(void)
{
	static const struct answer *known[ANSWERS_MAX];
	size_t count = 0;

	EACH_ROUTE(r)
	{
		ROW(r->answer, "an answer");
		if (r->answer)
			check_answer(r->answer, known, &count);
	}
	CU_ASSERT_TRUE(count > 50);
}

/* For programs: what they send proves itself, no session is looked at. */
static bool
machine(const struct route *r)
{
	return !(r->gates & ~(unsigned)GATE_KEYS) &&
	       (strncmp(r->path, "/api/v1/sandbox/", 16) == 0 ||
		   strcmp(r->path, "/api/v1/verify") == 0);
}

static void
whatever_changes_asks_for_a_token(void)
{
	EACH_ROUTE(r)
	{
		/* without a session there is nothing a foreign page could use */
		bool can = changes(r) && !machine(r);

		ROW(can == ((r->gates & GATE_CSRF) != 0), "a token, if it changes");
		ROW(!(r->gates & ~(unsigned)(GATE_SESSION | GATE_KEYS)) || r->gates & GATE_SESSION,
		    "a session for its gates");
		ROW(!changes(r) || r->per_minute > 0, "a limit, if it changes");
		ROW(!(r->gates & GATE_ONCE) || strcmp(r->method, "POST") == 0, "ONCE for POST");
		ROW(!(r->gates & (GATE_UNIT | GATE_GRANT)) || !(r->who & WHO(ROLE_NONE)),
		    "someone signed in for a unit");
		ROW(r->who & WHO(ROLE_NONE) || r->gates & GATE_SESSION, "a session to know whom");
	}
}

static void
a_body_has_a_form_or_is_a_file(void)
{
	EACH_ROUTE(r)
	{
		bool file = strcmp(r->method, "PATCH") == 0 || r->handler == upload_create ||
			    r->handler == document_upload || r->handler == import_upload ||
			    r->handler == appeal_licence || machine(r);

		ROW(!r->form || (r->body_max > 0 && is_form(r->form)),
		    "room and a place for a form");
		ROW(r->form || file || r->body_max <= PLAIN_BODY, "a form for a body");
		ROW(!r->body_max || changes(r), "no body for what only reads");
	}
}

/* A longest answer to every field, as UTF-8 in JSON, must not be refused for its length. */
static void
the_longest_answers_fit(void)
{
	EACH_ROUTE(r)
	{
		size_t need = 2;

		for (size_t i = 0; r->form && i < r->form->count; i++) {
			const struct field *f = &r->form->fields[i];

			need += strlen(f->name) + 6;
			if (f->type == FIELD_TEXT)
				need += 3 * (size_t)f->max;
			else
				need += f->type == FIELD_LIST ? 24 * (size_t)f->max : 20;
		}
		ROW(!r->form || need <= r->body_max, "room for the longest answers");
	}
}

static void
a_captcha_is_asked_where_the_form_has_one(void)
{
	EACH_ROUTE(r)
	{
		bool in_form = r->form && field(r->form, "captcha_id") && field(r->form, "captcha");

		ROW(in_form == ((r->gates & GATE_CAPTCHA) != 0), "form and gate agree");
	}
}

static void
each_site_has_its_own_people(void)
{
	const unsigned staff =
	    WHO(ROLE_OFFICER) | WHO(ROLE_SYSADMIN) | WHO(ROLE_SECADMIN) | WHO(ROLE_AUDITOR);
	const unsigned public = WHO(ROLE_UNIT) | WHO(ROLE_OPERATOR);

	EACH_ROUTE(r)
	{
		bool review = tables[t_] == &routes_review;
		unsigned others = review ? public : staff;

		ROW(r->who == WHO_ANYONE || !(r->who & others), "no people of the other site");
		ROW(strncmp(r->path, "/api/v1/", 8) == 0 || review, "operations inside only");
	}
}

/* the unit reads its applications. What is revealed to it is read, too. */
static void
only_operators_change_applications(void)
{
	EACH_ROUTE(r)
	{
		bool own = tables[t_] == &routes_public && changes(r) &&
			   strncmp(r->path, "/api/v1/applications", 20) == 0;

		ROW(!own || strstr(r->path, "/reveal") || r->who == WHO(ROLE_OPERATOR), "经办人");
	}
}

/* The path with something for each mark. */
static const char *
example(const char *path, char *out, size_t size)
{
	static const struct {
		const char *mark, *value;
	} marks[] = { { "{id}", "7" }, { "{key}", KEY }, { "{word}", "abc" } };
	size_t used = 0;

	while (*path && used + 40 < size) {
		size_t i = 0;

		while (i < 3 && strncmp(path, marks[i].mark, strlen(marks[i].mark)) != 0)
			i++;
		used += (size_t)snprintf(out + used, size - used, "%.*s", i < 3 ? 40 : 1,
		    i < 3 ? marks[i].value : path);
		path += i < 3 ? strlen(marks[i].mark) : 1;
	}
	return out;
}

static void
no_row_hides_another(void)
{
	char path[256];

	EACH_ROUTE(r)
	{
		req_release(&q);
		q.method = r->method;
		q.path = example(r->path, path, sizeof(path));
		ROW(route_find(tables[t_], &q) == ERR_OK && q.route == r, "found by its address");
		ROW(!strpbrk(path, "{}?#% "), "marks we know");
	}
}

static void
every_gate_of_a_row_is_asked(void)
{
	unsigned known = GATE_SESSION | GATE_CSRF;

	for (size_t i = 0; i < domain_gates_count; i++) {
		CU_ASSERT_PTR_NOT_NULL(domain_gates[i].check);
		known |= domain_gates[i].bit;
	}
	EACH_ROUTE(r)
	ROW(!(r->gates & ~known), "gates that are in the table");
}

/* ---- forms --------------------------------------------------------------- */

static bool
is_chinese(const char *text)
{
	for (; text && *text; text++)
		if ((unsigned char)*text >= 0xe4 && (unsigned char)*text <= 0xe9)
			return true;
	return false;
}

static void
every_field_can_be_explained(void)
{
	EACH_FIELD(i, f)
	{
		FIELD_ROW(is_chinese(f->label), "a label in Chinese");
		FIELD_ROW(is_chinese(f->hint), "a hint in Chinese");
		FIELD_ROW(!f->help || is_chinese(f->help), "help in Chinese");
		FIELD_ROW(f->name[strspn(f->name, "abcdefghijklmnopqrstuvwxyz_0123456789")] == '\0',
		    "a name in snake_case");
	}
}

static void
names_are_unique(void)
{
	for (size_t i = 0; i < forms_count; i++) {
		CU_ASSERT_TRUE(forms[i]->count > 0 && forms[i]->count <= FORM_FIELDS_MAX);
		for (size_t j = 0; j < i; j++)
			CU_ASSERT_STRING_NOT_EQUAL(forms[i]->name, forms[j]->name);
	}
	EACH_FIELD(i, f)
	{
		FIELD_ROW(field(forms[i], f->name) == f, "a name once");
		for (const struct field *g = forms[i]->fields; g < f; g++)
			FIELD_ROW(strcmp(g->label, f->label) != 0 || f->asked[0].field,
			    "a label once, or asked instead of the other");
	}
}

static void
limits_make_sense(void)
{
	EACH_FIELD(i, f)
	{
		bool text = f->type == FIELD_TEXT;

		FIELD_ROW(f->type == FIELD_BOOL || (f->min <= f->max && f->max > 0), "min and max");
		FIELD_ROW(!text || (f->min >= 0 && f->max <= 10000), "a length that is one");
		FIELD_ROW(f->type != FIELD_LIST || f->choices || f->pattern,
		    "a list of choices, or of texts of a pattern");
		FIELD_ROW(!f->choices || text || f->type == FIELD_LIST, "choices of texts");
		FIELD_ROW(!f->slot || (text && f->min == 32 && f->max == 32), "the key of a file");
		FIELD_ROW(!f->slot || slot_by_name(f->slot), "a slot of upload.def");
		FIELD_ROW(!f->secret || f->pii, "a secret is personal");
		FIELD_ROW(!f->format || (f->format->name && f->format->check), "a format by name");
	}
}

static void
choices_end_and_fit(void)
{
	EACH_FIELD(i, f)
	{
		size_t n = 0;

		for (const struct choice *c = f->choices; c && c->code && n < 1000; c++, n++) {
			FIELD_ROW(is_chinese(c->text) || *c->text, "a choice has a text");
			FIELD_ROW(choice_text(f->choices, c->code) == c->text, "a code once");
			FIELD_ROW(f->type == FIELD_LIST || (int64_t)strlen(c->code) <= f->max,
			    "a code within the limit");
		}
		FIELD_ROW(!f->choices || (n > 0 && n < 1000), "choices that end");
	}
}

/* Sets and counts of ASCII, groups, alternatives: what POSIX ERE and ECMAScript read alike. */
static void
patterns_are_read_alike_by_both(void)
{
	EACH_FIELD(i, f)
	{
		regex_t compiled;

		if (!f->pattern)
			continue;
		FIELD_ROW(f->pattern[strspn(f->pattern,
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			      "0123456789[](){}|?*+,-_/=: ")] == '\0',
		    "a pattern of the common alphabet");
		FIELD_ROW(!strstr(f->pattern, "(?") && !strstr(f->pattern, "[:") &&
			      !strstr(f->pattern, "[]") && !strstr(f->pattern, "{,"),
		    "nothing only one of them knows");
		FIELD_ROW(regcomp(&compiled, f->pattern, REG_EXTENDED | REG_NOSUB) == 0,
		    "a pattern at all");
		regfree(&compiled);
	}
}

/* A condition names a field that stands before, and values it can have. */
static void
conditions_can_be_met(void)
{
	EACH_FIELD(i, f)
	for (size_t c = 0; c < CONDITIONS_MAX && f->asked[c].field; c++) {
		const struct condition *a = &f->asked[c];
		const struct field *other = field(forms[i], a->field);

		FIELD_ROW(other != f && (other || a->field[0] == '@'), "a field to ask");
		FIELD_ROW(a->in[0], "a value to compare");
		for (size_t v = 0; other && v < CONDITION_VALUES_MAX && a->in[v]; v++)
			FIELD_ROW(other->type == FIELD_BOOL
				      ? strcmp(a->in[v], "true") == 0 ||
					    strcmp(a->in[v], "false") == 0
				      : choice_text(other->choices, a->in[v]) != NULL,
			    "a value it can have");
	}
}

/* Of security.def. */
static void
security_records_are_of_deeds(void)
{
	static const char *const names[] = {
#define SECURITY(deed) deed,
#include "handlers/rules/table/security.def"
#undef SECURITY
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		check(strcmp(deed_text(names[i]), names[i]) != 0, "no deed", "security.def",
		    names[i]);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "every row is complete", every_row_is_complete },
		{ "every row names its answer", every_row_names_its_answer },
		{ "whatever changes asks for a token", whatever_changes_asks_for_a_token },
		{ "a body has a form or is a file", a_body_has_a_form_or_is_a_file },
		{ "the longest answers fit", the_longest_answers_fit },
		{ "a captcha is asked where the form has one",
		    a_captcha_is_asked_where_the_form_has_one },
		{ "each site has its own people", each_site_has_its_own_people },
		{ "only 经办人 change applications", only_operators_change_applications },
		{ "no row hides another", no_row_hides_another },
		{ "every gate of a row is asked", every_gate_of_a_row_is_asked },
		{ "every field can be explained", every_field_can_be_explained },
		{ "names are unique", names_are_unique },
		{ "limits make sense", limits_make_sense },
		{ "choices end and fit", choices_end_and_fit },
		{ "patterns are read alike by both", patterns_are_read_alike_by_both },
		{ "conditions can be met", conditions_can_be_met },
		{ "安全记录 are of deeds there are", security_records_are_of_deeds },
		CU_TEST_INFO_NULL,
	};

	q.arena = arena_new(1 << 20);
	int failed = run_suite("tables", tests);
	arena_free(q.arena);
	return failed;
}
