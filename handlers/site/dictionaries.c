#include "handlers/site/dictionaries.h"

#include <string.h>

#include "handlers/rules/table/dictionary.h"
#include "sql/catalogue/dictionary.h"

#define LISTS_MAX 16
#define MEMORY ((size_t)4 << 20) /* bytes: 2000 entries at their longest */

struct list {
	const char *name;
	const struct choice *usable, *known; /* each ends with an empty row */
};

struct lists {
	struct arena *arena; /* all of it lives here */
	struct list list[LISTS_MAX];
	size_t count;
};

static struct {
	struct lists now, next; /* the one in use, and the one to read into */
	int64_t read_at;        /* Unix seconds; 0 never */
} kept;

static const struct choice *
choices_of(struct arena *arena, const struct dictionary_entry *e, size_t count, bool all)
{
	struct choice *list = arena_alloc(arena, (count + 1) * sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (all || e[i].active)
			list[n++] = (struct choice){ e[i].code, e[i].text, e[i].hint };
	list[n] = (struct choice){ NULL, NULL, NULL };
	return list;
}

/* How many of them, from the first on, are of one list. */
static size_t
of_one_list(const struct dictionary_entry *e, size_t count)
{
	size_t n = 1;

	while (n < count && strcmp(e[n].list, e[0].list) == 0)
		n++;
	return n;
}

static void
fill(struct lists *to, const struct dictionary_entry *e, size_t count)
{
	size_t n;

	to->count = 0;
	for (size_t i = 0; i < count && to->count < LISTS_MAX; i += n) {
		n = of_one_list(e + i, count - i);
		to->list[to->count++] =
		    (struct list){ e[i].list, choices_of(to->arena, e + i, n, false),
			    choices_of(to->arena, e + i, n, true) };
	}
}

enum err
dictionaries_gate(struct req *q)
{
	const struct dictionary_entry *entries;
	size_t count;

	if (kept.read_at && q->now < kept.read_at + DICTIONARIES_AGE)
		return ERR_OK;
	if (!kept.next.arena)
		kept.next.arena = arena_new(MEMORY);
	arena_reset(kept.next.arena);
	kept.read_at = q->now; /* also when it fails: not at every request */
	if (dictionary_all(q->db, kept.next.arena, &entries, &count) != ERR_OK)
		return ERR_OK;
	fill(&kept.next, entries, count);
	struct lists old = kept.now;
	kept.now = kept.next;
	kept.next = (struct lists){ .arena = old.arena };
	return ERR_OK;
}

static const struct list *
find(const char *name)
{
	for (size_t i = 0; i < kept.now.count; i++)
		if (strcmp(kept.now.list[i].name, name) == 0)
			return &kept.now.list[i];
	return NULL;
}

const struct choice *
dictionaries_current(const char *name)
{
	const struct list *list = find(name);

	return list ? list->usable : NULL;
}

const char *
dictionaries_text(const char *name, const char *code)
{
	const struct list *list = find(name);
	const struct dictionary *built_in = dictionaries;

	if (list)
		return choice_text(list->known, code);
	while (built_in->name && strcmp(built_in->name, name) != 0)
		built_in++;
	return choice_text(built_in->choices, code);
}

static const struct answer_row choice_rows[] = {
	ANSWER(struct dictionary_entry, code),
	ANSWER(struct dictionary_entry, text),
	ANSWER(struct dictionary_entry, hint, .optional = true),
	ANSWER(struct dictionary_entry, active, .about = "may be chosen; others were, once"),
};
static const struct answer choice_answer =
    ANSWER_TABLE("choice", struct dictionary_entry, choice_rows);

struct choices {
	const struct dictionary_entry *items;
	size_t count;
};
/* As `dictionaries` names them. */
struct dictionaries_answer {
	struct choices app_type, channel, id_type, purchase_channel;
};
static const struct answer_row dictionaries_rows[] = {
	ANSWER_MANY(struct dictionaries_answer, app_type, &choice_answer, .optional = true),
	ANSWER_MANY(struct dictionaries_answer, channel, &choice_answer, .optional = true),
	ANSWER_MANY(struct dictionaries_answer, id_type, &choice_answer, .optional = true),
	ANSWER_MANY(struct dictionaries_answer, purchase_channel, &choice_answer, .optional = true),
};
const struct answer dictionaries_answer =
    ANSWER_TABLE("dictionaries", struct dictionaries_answer, dictionaries_rows);

/* The member of that name; NULL: the program knows no such list. */
static struct choices *
choices_named(struct dictionaries_answer *answer, const char *name)
{
	for (size_t i = 0; i < dictionaries_answer.count; i++)
		if (strcmp(dictionaries_rows[i].name, name) == 0)
			return (void *)((char *)answer + dictionaries_rows[i].offset);
	return NULL;
}

enum err
dictionaries_show(struct req *q)
{
	struct dictionaries_answer answer = { 0 };
	const struct dictionary_entry *e;
	size_t count, n;

	TRY(dictionary_all(q->db, q->arena, &e, &count));
	for (size_t i = 0; i < count; i += n) {
		struct choices *list = choices_named(&answer, e[i].list);

		n = of_one_list(e + i, count - i);
		if (list)
			*list = (struct choices){ e + i, n };
	}
	return reply(q, 200, &dictionaries_answer, &answer);
}

enum err
dictionaries_ensure(struct req *q)
{
	SQL_TX(tx, q->db);
	for (const struct dictionary *d = dictionaries; d->name; d++)
		for (size_t i = 0; d->choices[i].code; i++)
			TRY(dictionary_ensure(&tx,
			    &(struct dictionary_entry){ d->name, d->choices[i].code,
				d->choices[i].text, d->choices[i].hint, true },
			    (int64_t)(i + 1) * 10));
	return sql_commit(&tx);
}
