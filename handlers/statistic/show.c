#include "handlers/statistic/query.h"
#include "handlers/statistic/statistic.h"

static json_t *
months_json(struct req *q, const struct statistic_range *range, const struct figures *months)
{
	json_t *all = json_array();

	for (int64_t month = range->from; month <= range->to; month = month_next(month)) {
		json_t *one = figures_json(months++);

		json_object_set_new(one, "month", json_string(month_text(q->arena, month)));
		json_array_append_new(all, one);
	}
	return all;
}

static json_t *
parts_json(const struct statistic_part *parts, size_t count)
{
	json_t *all = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *one = figures_json(&parts[i].figures);

		json_object_set_new(one, "code", json_string(parts[i].code));
		json_object_set_new(one, "name", json_string(parts[i].name));
		json_object_set_new(one, "parts", json_boolean(parts[i].parts));
		json_array_append_new(all, one);
	}
	return all;
}

static json_t *
bureau_json(const struct bureau *b)
{
	static const char *const levels[] = { "", "nation", "province", "local" };

	return json_pack("{ss ss ss}", "code", b->region_code, "name", b->name, "level",
	    levels[b->level <= 3 ? b->level : 0]);
}

/* From the officer's own bureau down to the one shown. */
static enum err
path_json(struct req *q, const struct statistic_query *query, json_t **ret)
{
	const struct bureau *shown = &query->bureau, *mine = &query->mine;
	json_t *path = json_array();
	struct bureau province;

	if (shown->id != mine->id)
		json_array_append_new(path, bureau_json(mine));
	if (shown->level == 3 && mine->level == 1) {
		enum err e = bureau_above(q->db, q->arena, shown, &province);

		if (e != ERR_OK) {
			json_decref(path);
			return e;
		}
		json_array_append_new(path, bureau_json(&province));
	}
	json_array_append_new(path, bureau_json(shown));
	*ret = path;
	return ERR_OK;
}

static void
add_up(struct figures *total, const struct figures *months, int64_t count)
{
	for (int64_t m = 0; m < count; m++) {
		total->submitted += months[m].submitted;
		total->discarded += months[m].discarded;
		for (int desk = DESK_LOCAL; desk <= DESK_NATION; desk++) {
			struct desk_figures *to = &total->desks[desk];
			const struct desk_figures *from = &months[m].desks[desk];

			to->passed += from->passed;
			to->rejected += from->rejected;
			for (int d = 0; d <= STATISTIC_DAYS_MAX; d++)
				to->within[d] += from->within[d];
		}
	}
}

enum err
statistics_show(struct req *q)
{
	struct statistic_query query;
	struct figures *months, *total = arena_alloc(q->arena, sizeof(*total));
	struct statistic_part *parts;
	size_t count;
	int64_t counted_at;
	json_t *path;

	TRY(statistic_query_read(q, &query));
	TRY(statistic_counted_at(q->db, q->arena, &counted_at));
	TRY(statistic_months_of(q, &query, &months));
	add_up(total, months, months_between(query.range.from, query.range.to));
	TRY(statistic_parts(q, &query, total, &parts, &count));
	TRY(path_json(q, &query, &path));
	return reply_json(q, 200,
	    json_pack("{so ss ss sI so so so}", "path", path, "from",
		month_text(q->arena, query.range.from), "to", month_text(q->arena, query.range.to),
		"counted_at", (json_int_t)counted_at, "total", figures_json(total), "months",
		months_json(q, &query.range, months), "regions", parts_json(parts, count)));
}
