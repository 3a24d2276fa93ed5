#include "handlers/common/notify.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"
#include "fcgi/base/random.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/sms/admit.h"
#include "handlers/sms/settings.h"
#include "sql/account/operator.h"
#include "sql/record/message.h"
#include "sql/record/sms.h"

#define ARGUMENTS_MAX 4

enum way {
	WAY_SITE = 1,
	WAY_SMS = 2,
	WAY_BOTH = WAY_SITE | WAY_SMS,
	WAY_FORCED = 4, /* whatever the person switched off */
	WAY_ALWAYS = WAY_BOTH | WAY_FORCED,
};

/* clang-format off */
static const struct text {
	const char *name;	/* kept with the SMS */
	enum way way;
	const char *title, *text;
} texts[] = {
#define NOTICE(name, way, title, text) [NOTICE_##name] = { #name, WAY_##way, title, text },
#include "handlers/rules/table/notice.def"
#undef NOTICE
};
/* clang-format on */

const char *
notify_title(const char *name)
{
	for (size_t i = 0; i < COUNT(texts); i++)
		if (strcmp(texts[i].name, name) == 0)
			return texts[i].title;
	return name;
}

/* The number in "{n}" at p, or -1. */
static int
placeholder(const char *p)
{
	if (p[0] == '{' && p[1] >= '0' && p[1] < '0' + ARGUMENTS_MAX && p[2] == '}')
		return p[1] - '0';
	return -1;
}

/* Twice the same walk: with to == NULL it measures. What an argument says is never filled again. */
static size_t
fill(char *to, const char *text, const char *const arguments[ARGUMENTS_MAX])
{
	size_t size = 0;

	while (*text) {
		int n = placeholder(text);
		const char *piece = n < 0 ? text : arguments && arguments[n] ? arguments[n] : "";
		size_t len = n < 0 ? 1 : strlen(piece);

		if (to)
			memcpy(to + size, piece, len);
		size += len;
		text += n < 0 ? 1 : 3;
	}
	return size;
}

static const char *
filled(struct req *q, enum notice notice, const char *const arguments[ARGUMENTS_MAX])
{
	char *text = arena_alloc(q->arena, fill(NULL, texts[notice].text, arguments) + 1);

	fill(text, texts[notice].text, arguments);
	return text;
}

static struct message
message_of(struct req *q, enum notice notice, const char *application, const char *text)
{
	return (struct message){ .title = texts[notice].title,
		.text = text,
		.application = application,
		.created_at = q->now };
}

struct message
notify_message(struct req *q, enum notice notice, const char *const arguments[4])
{
	return message_of(q, notice, NULL, filled(q, notice, arguments));
}

/* A JSON array of as many as the text holds, for gateways that have the text themselves. */
static const char *
arguments_of(struct req *q, enum notice notice, const char *const arguments[ARGUMENTS_MAX])
{
	json_auto_t *list = json_array();
	int most = -1;

	for (const char *p = texts[notice].text; *p; p++)
		if (placeholder(p) > most)
			most = placeholder(p);
	for (int i = 0; i <= most; i++)
		json_array_append_new(list,
		    json_string(arguments && arguments[i] ? arguments[i] : ""));
	size_t size = json_dumpb(list, NULL, 0, JSON_COMPACT);
	char *text = arena_alloc(q->arena, size + 1);
	json_dumpb(list, text, size, JSON_COMPACT);
	return text;
}

/* By which limits it counts: not what jobs and officers say, which nobody can ask for again and again. */
static enum sms_what
counted_as_what(const struct req *q, enum notice notice)
{
	if (notice == NOTICE_SMS_CODE)
		return SMS_WHAT_CODE;
	return q->session && (who_role(q) == ROLE_UNIT || who_role(q) == ROLE_NONE)
		   ? SMS_WHAT_STAFFING
		   : SMS_WHAT_NONE;
}

/* Within the limits of sms_limit.def and the day's budget, which is a ceiling for all of them. */
static enum err
admit(struct req *q, struct sql_tx *tx, enum notice notice, const char *phone)
{
	enum sms_what what = counted_as_what(q, notice);
	bool within = true;

	if (what != SMS_WHAT_NONE)
		TRY(sms_admit(q, tx, what, phone));
	if (sms_settings.daily > 0)
		TRY(sms_budget(tx, date_of(q->now), sms_settings.daily, &within));
	if (within)
		return ERR_OK;
	log_line(LOG_ERROR, "notify", "what=budget notice=%s", texts[notice].name);
	return refuse(q, ERR_RATE_LIMITED, "今日短信发送量已达上限，请明日再试");
}

/* What is too much and also stands in 站内消息 is said there alone; what does not is refused. */
static enum err
send(struct req *q, struct sql_tx *tx, enum notice notice, const char *phone,
    const char *const arguments[ARGUMENTS_MAX])
{
	unsigned char reference[16];
	enum err e = admit(q, tx, notice, phone);

	if (e == ERR_RATE_LIMITED && texts[notice].way & WAY_SITE) {
		q->detail = NULL;
		return ERR_OK;
	}
	TRY(e);
	random_bytes(reference, sizeof(reference));
	return sms_add(tx,
	    &(struct sms_message){ .template_name = texts[notice].name,
		.phone_sealed = seal_text(q, PURPOSE_SMS_PHONE, phone),
		.text_sealed = seal_text(q, PURPOSE_SMS_TEXT, filled(q, notice, arguments)),
		.arguments_sealed =
		    seal_text(q, PURPOSE_SMS_ARGUMENTS, arguments_of(q, notice, arguments)),
		.reference = bytes_hex(q->arena, reference, sizeof(reference)),
		.created_at = q->now },
	    NULL);
}

enum err
notify_operator(struct req *q, struct sql_tx *tx, int64_t operator_id, enum notice notice,
    const char *application, const char *const arguments[4])
{
	const char *text = filled(q, notice, arguments);
	struct message message = message_of(q, notice, application, text);
	struct operator person;
	char *phone;

	if (texts[notice].way & WAY_SITE)
		TRY(message_add(tx, ROLE_OPERATOR, operator_id, &message));
	if (!(texts[notice].way & WAY_SMS))
		return ERR_OK;
	TRY(operator_get(tx->db, q->arena, operator_id, &person));
	if (person.sms_off && texts[notice].way == WAY_BOTH)
		return ERR_OK; /* it stands in 站内消息 */
	TRY(unseal_text(q, PURPOSE_OPERATOR_PHONE, person.phone_sealed, &phone));
	return send(q, tx, notice, phone, arguments);
}

enum err
notify_unit(struct req *q, struct sql_tx *tx, int64_t unit_id, enum notice notice,
    const char *const arguments[4])
{
	struct message message = message_of(q, notice, NULL, filled(q, notice, arguments));

	TRY(message_add(tx, ROLE_UNIT, unit_id, &message));
	return message_add_operators(tx, ROLE_OPERATOR, unit_id, &message);
}

enum err
notify_file(struct req *q, struct sql_tx *tx, unsigned role, int64_t user_id, enum notice notice,
    const char *file, const char *const arguments[4])
{
	struct message message = message_of(q, notice, NULL, filled(q, notice, arguments));

	message.file = file;
	return message_add(tx, role, user_id, &message);
}

enum err
notify_officer(struct req *q, struct sql_tx *tx, int64_t staff_id, enum notice notice,
    const char *application, const char *const arguments[4])
{
	struct message message = message_of(q, notice, application, filled(q, notice, arguments));

	return message_add(tx, ROLE_OFFICER, staff_id, &message);
}

enum err
notify_bureau(struct req *q, struct sql_tx *tx, int64_t bureau_id, const char *region_code,
    enum notice notice, const char *application, const char *const arguments[4])
{
	struct message message = message_of(q, notice, application, filled(q, notice, arguments));

	return message_add_bureau(tx, ROLE_OFFICER, bureau_id, region_code, &message);
}

enum err
notify_sms(struct req *q, struct sql_tx *tx, enum notice notice, const char *phone,
    const char *const arguments[4])
{
	return send(q, tx, notice, phone, arguments);
}
