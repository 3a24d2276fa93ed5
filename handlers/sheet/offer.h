#ifndef HANDLERS_SHEET_OFFER_H
#define HANDLERS_SHEET_OFFER_H

#include "fcgi/http/answer.h"
#include "handlers/rules/table/kinds.h"
#include "sql/application/application.h"
#include "sql/key/credential.h"

/*
 * Which 反馈单 an application has, and whether they may be read now: one
 * judgement for the detail page and for the download.
 */
struct sheet_offer {
	enum environment environment;
	enum sheet_kind kind;
	const char *title;
	bool ready;          /* issued */
	const char *blocked; /* why it may not be read now, as people read it; NULL: it may */
	const char *number;  /* of the sheet; NULL while it is not issued */
	int64_t replied_at;  /* 回复时间; 0 while it is not issued */
	const struct channel_credential *credential; /* NULL while it is not issued */
};

#define SHEET_OFFERS_MAX 4

/* Those that are due: 医保混合支付 has the payment sheet only. */
MUST_CHECK enum err sheet_offers(struct req *q, const struct application *app,
    struct sheet_offer ret[SHEET_OFFERS_MAX], size_t *ret_count);

/* As the detail carries one. */
struct sheet_answer {
	const char *environment, *kind, *title, *blocked, *url;
	bool ready;
};
extern const struct answer sheet_answer;
/* All of them; none for officers. */
MUST_CHECK enum err offers_shown(struct req *q, const struct application *app,
    const struct sheet_answer **ret, size_t *ret_count);

/* Is 上报渠道公钥 open? */
bool offer_key_report(const struct application *app);

#endif
