#include "handlers/sms/admit.h"

#include "fcgi/http/config.h"
#include "fcgi/http/network.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "sql/record/sms_ceiling.h"

#define LIMITS_MAX 8

/* The store knows neither phones nor addresses, only these. */
static const char *
subject_of(struct req *q, const struct sms_limit *limit, const char *phone)
{
	const char *who = phone;

	if (limit->whose == SMS_WHOSE_SENDER)
		who = limit->what == SMS_WHAT_STAFFING && who_unit(q)
			  ? arena_printf(q->arena, "unit/%lld", (long long)who_unit(q))
			  : arena_printf(q->arena, "network/%s", network_of(q->arena, q->address));
	return index_text(q, PURPOSE_SMS_CEILING,
	    arena_printf(q->arena, "%u/%s", (unsigned)limit->what, who));
}

static enum err
refuse_for(struct req *q, int64_t left)
{
	long long minutes = (long long)(left + 59) / 60;

	if (left <= SMS_PAUSE)
		return refuse(q, ERR_RATE_LIMITED,
		    arena_printf(q->arena, "短信发送过于频繁，请 %lld 秒后再试", (long long)left));
	return refuse(q, ERR_RATE_LIMITED,
	    minutes > 120
		? arena_printf(q->arena, "短信发送次数过多，请 %lld 小时后再试",
		      (minutes + 59) / 60)
		: arena_printf(q->arena, "短信发送次数过多，请 %lld 分钟后再试", minutes));
}

enum err
sms_admit(struct req *q, struct sql_tx *tx, enum sms_what what, const char *phone)
{
	struct sms_ceiling list[LIMITS_MAX];
	size_t count = 0;
	int64_t left = 0;

	for (size_t i = 0; i < sms_limits_count; i++) {
		const struct sms_limit *limit = &sms_limits[i];
		bool network = what == SMS_WHAT_CODE && limit->whose == SMS_WHOSE_SENDER;

		if (limit->what != what)
			continue;
		if (count == LIMITS_MAX)
			return ERR_INTERNAL; /* raise LIMITS_MAX */
		list[count++] = (struct sms_ceiling){ subject_of(q, limit, phone), limit->window,
			limit->most * (int64_t)(network ? q->config->address_factor : 1) };
	}
	TRY(sms_ceiling_take(tx, q->arena, list, count, q->now, &left));
	return left > 0 ? refuse_for(q, left) : ERR_OK;
}
