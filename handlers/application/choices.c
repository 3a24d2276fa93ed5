#include "handlers/application/application.h"
#include "handlers/common/who.h"
#include "sql/application/application_list.h"
#include "sql/catalogue/official_channel.h"

enum err
official_channel_index(struct req *q)
{
	const char *channel = query_get(q, "channel");
	const struct official_channel *rows;
	json_t *items;
	size_t count;

	TRY(official_channel_list(q->db, q->arena, channel && *channel ? channel : NULL, &rows,
	    &count));
	items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items, json_pack("{sI ss ss}", "id", (json_int_t)rows[i].id,
						 "name", rows[i].name, "channel", rows[i].channel));
	return reply_json(q, 200, json_pack("{so}", "items", items));
}

enum err
existing_app_index(struct req *q)
{
	const struct existing_app *rows;
	json_t *items;
	size_t count;

	TRY(application_existing(q->db, q->arena, who_unit(q), who_institution(q), &rows, &count));
	items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items,
		    json_pack("{ss ss ss? ss?}", "id", rows[i].number, "name", rows[i].name, "type",
			rows[i].type, "app_id", rows[i].app_id));
	return reply_json(q, 200, json_pack("{so}", "items", items));
}
