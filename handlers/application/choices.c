#include "fcgi/http/query.h"
#include "handlers/application/application.h"
#include "handlers/common/list.h"
#include "handlers/common/who.h"
#include "sql/application/application_list.h"
#include "sql/catalogue/official_channel.h"

static const struct answer_row channel_rows[] = {
	ANSWER(struct official_channel, id),
	ANSWER(struct official_channel, name),
	ANSWER(struct official_channel, channel, .about = "code of the dictionary"),
};
static const struct answer channel_answer =
    ANSWER_TABLE("official_channel", struct official_channel, channel_rows);

LIST_ANSWER(official_channels, struct official_channel, &channel_answer);

static const struct answer_row app_rows[] = {
	ANSWER_AS(struct existing_app, number, "id", .about = "number of its application"),
	ANSWER(struct existing_app, name),
	ANSWER(struct existing_app, type, .null = true),
	ANSWER(struct existing_app, app_id, .null = true, .about = "null while it is being issued"),
};
static const struct answer app_answer = ANSWER_TABLE("existing_app", struct existing_app, app_rows);

LIST_ANSWER(existing_apps, struct existing_app, &app_answer);

struct channel_query {
	const char *channel;
};
static const struct field query_fields[] = {
	FIELD(struct channel_query, channel, .label = "code of the dictionary; all without",
	    .max = 50, .hint = "没有这个渠道"),
};
const struct form official_channel_query = FORM("official_channel_query", query_fields);

enum err
official_channel_index(struct req *q)
{
	struct channel_query in = { 0 };
	struct official_channels_answer answer;

	TRY(query_bind(q, &official_channel_query, &in));
	TRY(official_channel_list(q->db, q->arena, in.channel, &answer.items.items,
	    &answer.items.count));
	return reply(q, 200, &official_channels_answer, &answer);
}

enum err
existing_app_index(struct req *q)
{
	struct existing_apps_answer answer;

	TRY(application_existing(q->db, q->arena, who_unit(q), who_institution(q),
	    &answer.items.items, &answer.items.count));
	return reply(q, 200, &existing_apps_answer, &answer);
}
