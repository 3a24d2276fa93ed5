#include "handlers/sheet/offer.h"

#include <string.h>

#include "handlers/common/who.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/sheet/layout.h"
#include "sql/key/sheet.h"

static const struct answer_row rows[] = {
	ANSWER(struct sheet_answer, environment, .words = environment_words),
	ANSWER(struct sheet_answer, kind, .words = sheet_kind_words),
	ANSWER(struct sheet_answer, title),
	ANSWER(struct sheet_answer, ready, .about = "issued"),
	ANSWER(struct sheet_answer, blocked, .null = true,
	    .about = "why it may not be read now, as people read it"),
	ANSWER(struct sheet_answer, url),
};
const struct answer sheet_answer = ANSWER_TABLE("sheet", struct sheet_answer, rows);

bool
offer_key_report(const struct application *app)
{
	enum state state = (enum state)app->state;

	return state_phase(state) == PHASE_ACCEPT && !state_is_final(state);
}

/* Reached the point where that environment's keys are issued (workflow.c, effects). */
static bool
due(const struct application *app, enum environment environment)
{
	if (environment == ENVIRONMENT_FORMAL)
		return app->state == STATE_ACCEPTED;
	return offer_key_report(app); /* both begin with 申请审核通过 */
}

static const char *
blocked_by(const struct sheet_offer *offer, const struct application *app, int64_t now)
{
	if (!offer->ready)
		return "反馈单正在生成，请稍后刷新页面";
	if (state_is_final((enum state)app->state))
		return "单据已弃用，密钥已停用，不能再下载反馈单";
	if (!channel_credential_in_force(offer->credential, now))
		return "密钥已被国家医疗保障局作废，换发后可下载新的反馈单";
	if (offer->environment == ENVIRONMENT_FORMAL && offer->kind == SHEET_PAYMENT &&
	    !offer->credential->channel_public)
		return "请先上报渠道公钥，再下载正式环境移动支付渠道反馈单";
	return NULL;
}

static const struct issued_sheet *
find(const struct issued_sheet *sheets, size_t count, enum environment environment,
    enum sheet_kind kind, const struct channel_credential *credential)
{
	for (size_t i = 0; credential && i < count; i++)
		if (sheets[i].environment == environment && sheets[i].kind == kind &&
		    sheets[i].serial == credential->serial)
			return &sheets[i];
	return NULL;
}

/* NULL while that environment's are not issued. */
static enum err
credential_of(struct req *q, const struct application *app, enum environment environment,
    const struct channel_credential **ret)
{
	struct channel_credential *row = ARENA_NEW(q->arena, struct channel_credential);
	enum err e = channel_credential_get(q->db, q->arena, app->id, environment, row);

	*ret = NULL;
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	*ret = row;
	return ERR_OK;
}

enum err
sheet_offers(struct req *q, const struct application *app, struct sheet_offer ret[SHEET_OFFERS_MAX],
    size_t *ret_count)
{
	static const enum environment order[] = { ENVIRONMENT_TEST, ENVIRONMENT_FORMAL };
	static const enum sheet_kind kinds[] = { SHEET_IDENTITY, SHEET_PAYMENT };
	bool auth = app->business_type && strcmp(app->business_type, BUSINESS_TYPE_AUTH) == 0;
	const struct issued_sheet *sheets;
	size_t issued;

	*ret_count = 0;
	if (state_phase((enum state)app->state) != PHASE_ACCEPT)
		return ERR_OK;
	TRY(issued_sheet_list(q->db, q->arena, app->id, &sheets, &issued));
	for (size_t i = 0; i < 2; i++) {
		const struct channel_credential *credential;

		TRY(credential_of(q, app, order[i], &credential));
		for (size_t j = auth ? 0 : 1; j < 2; j++) {
			const struct issued_sheet *sheet =
			    find(sheets, issued, order[i], kinds[j], credential);
			struct sheet_offer offer = {
				.environment = order[i],
				.kind = kinds[j],
				.title = sheet_title(order[i], kinds[j]),
				.ready = sheet && credential,
				.number = sheet ? sheet->number : NULL,
				.replied_at = sheet ? sheet->replied_at : 0,
				.credential = credential,
			};

			offer.blocked = blocked_by(&offer, app, q->now);
			if (offer.ready || due(app, order[i]))
				ret[(*ret_count)++] = offer;
		}
	}
	return ERR_OK;
}

enum err
offers_shown(struct req *q, const struct application *app, const struct sheet_answer **ret,
    size_t *ret_count)
{
	struct sheet_offer offers[SHEET_OFFERS_MAX];
	size_t count = 0;

	if (who_role(q) != ROLE_OFFICER)
		TRY(sheet_offers(q, app, offers, &count));
	struct sheet_answer *all = ARENA_ARRAY(q->arena, struct sheet_answer, count);
	for (size_t i = 0; i < count; i++) {
		const char *environment = environment_wire(offers[i].environment);
		const char *kind = sheet_kind_wire(offers[i].kind);

		all[i] = (struct sheet_answer){
			.environment = environment,
			.kind = kind,
			.title = offers[i].title,
			.ready = offers[i].ready,
			.blocked = offers[i].blocked,
			.url = arena_printf(q->arena, "/api/v1/applications/%s/sheets/%s/%s.pdf",
			    app->number, environment, kind),
		};
	}
	*ret = all;
	*ret_count = count;
	return ERR_OK;
}
