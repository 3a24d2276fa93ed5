#include "handlers/admin/catalogue.h"

#include <assert.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/query.h"
#include "fcgi/http/route.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/rules/table/kinds.h"

#define PAGE 50
#define SYSADMIN WHO(ROLE_SYSADMIN)
#define SECADMIN WHO(ROLE_SECADMIN)
#define PREFIX "/api/v1/catalogues/"

static const struct answer_row key_rows[] = {
	ANSWER(struct catalogue_key, id),
};
struct catalogue_rows {
	ANSWER_ITEMS(struct catalogue_key)
	items; /* each the beginning of a row of the table's size */
	const char *next;
};
#define CATALOGUE(name_, NAME, path, title, about, search, read, write)                            \
	const struct answer name_##_row_answer = {                                                 \
		.name = #name_ "_row",                                                             \
		.form = &name_##_row_form,                                                         \
		.rows = key_rows,                                                                  \
		.count = COUNT(key_rows),                                                          \
		.size = sizeof(struct name_##_row),                                                \
	};                                                                                         \
	static const struct answer_row name_##_rows_rows[] = {                                     \
		{ .name = "items",                                                                 \
		    .type = ANSWER_LIST,                                                           \
		    .offset = offsetof(struct catalogue_rows, items),                              \
		    .of = &name_##_row_answer,                                                     \
		    .size = sizeof(struct name_##_row) },                                          \
		ANSWER_NEXT(struct catalogue_rows),                                                \
	};                                                                                         \
	const struct answer name_##_rows_answer =                                                  \
	    ANSWER_TABLE(#name_ "_rows", struct catalogue_rows, name_##_rows_rows);
#include "handlers/rules/table/catalogue.def"
#undef CATALOGUE

const struct catalogue catalogues[] = {
#define CATALOGUE(name, NAME, path, title, about, search, read, write)                             \
	{ #name, path, title, about, search, &name##_row_form, &name##_row_answer,                 \
		&name##_rows_answer, &catalogue_##name, name##_row_check, read, write,             \
		DEED_##NAME##_ADD, DEED_##NAME##_CHANGE },
#include "handlers/rules/table/catalogue.def"
#undef CATALOGUE
};
const size_t catalogues_count = COUNT(catalogues);

static const struct catalogue *
table_of(const struct req *q)
{
	const char *name = q->route->path + strlen(PREFIX);

	for (size_t i = 0; i < catalogues_count; i++) {
		size_t len = strlen(catalogues[i].path);

		if (strncmp(name, catalogues[i].path, len) == 0 &&
		    (name[len] == '\0' || name[len] == '/'))
			return &catalogues[i];
	}
	abort(); /* routes.c and this table are made of one list */
}

enum err
catalogue_index(struct req *q)
{
	const struct catalogue *c = table_of(q);
	struct search_query in = { 0 };
	const char *rows;
	size_t count, size = c->store->shape.row_size;

	TRY(query_bind(q, &search_query, &in));
	TRY(catalogue_list(q->db, q->arena, c->store, in.search, in.cursor, PAGE + 1, &rows,
	    &count));
	const struct catalogue_key *last =
	    (const void *)(count > PAGE ? rows + (PAGE - 1) * size : NULL);
	const struct catalogue_rows answer = {
		.items = { (const void *)rows, page_rows(count, PAGE) },
		.next = page_next(q->arena, last ? last->id : 0),
	};
	return reply(q, 200, c->rows, &answer);
}

static void *
new_row(struct req *q, const struct catalogue *c)
{
	void *row = arena_alloc(q->arena, c->store->shape.row_size);

	return memset(row, 0, c->store->shape.row_size);
}

enum err
catalogue_show(struct req *q)
{
	const struct catalogue *c = table_of(q);
	void *row = new_row(q, c);

	TRY(catalogue_get(q->db, q->arena, c->store, q->id, row));
	return reply(q, 200, c->row, row);
}

static const char *
object(struct req *q, const struct catalogue *c, int64_t id)
{
	return arena_printf(q->arena, "%s/%lld", c->name, (long long)id);
}

/* What the row says now: the audit's detail holds it whole or, where it is long, its beginning. */
static const char *
detail(struct req *q, const struct catalogue *c, const void *row)
{
	json_t *json = form_dump(c->form, row);
	char *text = json_dumps(json, JSON_COMPACT), *copy;
	size_t len = text ? strlen(text) : 0;

	json_decref(json);
	while (len > 380 && text)
		do
			len--;
		while ((text[len] & 0xc0) == 0x80);
	copy = arena_strndup(q->arena, text ? text : "", len);
	free(text);
	return copy;
}

static enum err
there_is_one(struct req *q, enum err e)
{
	return e == ERR_EXISTS ? refuse(q, ERR_CONFLICT, "已有相同代码的一行，请查询后修改那一行")
			       : e;
}

enum err
catalogue_add(struct req *q)
{
	const struct catalogue *c = table_of(q);
	void *row = new_row(q, c);
	struct row_added_answer answer;

	TRY(form_bind(c->form, q, NULL, FORM_SUBMIT, row));
	TRY(c->check(q, c->form, row, NULL));
	SQL_TX(tx, q->db);
	TRY(there_is_one(q, catalogue_insert(&tx, q->arena, c->store, row, &answer.id)));
	return deed_done(q, &tx, c->added, object(q, c, answer.id), detail(q, c, row), 201,
	    answer_text(q, &row_added_answer, &answer));
}

enum err
catalogue_change(struct req *q)
{
	const struct catalogue *c = table_of(q);
	void *row = new_row(q, c), *old = new_row(q, c);
	struct catalogue_key *key = row;

	TRY(catalogue_get(q->db, q->arena, c->store, q->id, old));
	TRY(form_bind(c->form, q, NULL, FORM_SUBMIT, row));
	TRY(c->check(q, c->form, row, old));
	key->id = q->id;
	SQL_TX(tx, q->db);
	TRY(there_is_one(q, catalogue_update(&tx, q->arena, c->store, row)));
	const struct row_changed_answer answer = { key->version + 1 };
	return deed_done(q, &tx, c->changed, object(q, c, q->id), detail(q, c, row), 200,
	    answer_text(q, &row_changed_answer, &answer));
}

json_t *
catalogues_json(void)
{
	json_t *all = json_array();

	for (size_t i = 0; i < catalogues_count; i++) {
		const struct catalogue *c = &catalogues[i];
		json_t *write = json_array();

		for (const struct kind_info *role = roles; role->wire; role++)
			if (c->write & WHO((unsigned)role->code))
				json_array_append_new(write, json_string(role->wire));
		json_array_append_new(all,
		    json_pack("{ss ss ss ss ss so}", "path", c->path, "title", c->title, "about",
			c->about, "search", c->search, "form", c->form->name, "write", write));
	}
	return all;
}
