#include "handlers/common/notify.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"
#include "fcgi/base/random.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/check/name.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/sms/admit.h"
#include "handlers/sms/settings.h"
#include "sql/account/operator.h"
#include "sql/catalogue/institution.h"
#include "sql/record/message.h"
#include "sql/record/sms.h"

#define ARGUMENTS_MAX 4

/* What a text is filled with: {0} … {3}, then the names. */
enum gap { GAP_UNIT = ARGUMENTS_MAX, GAP_CASE, GAP_PERSON, GAPS };
static const char *const gaps[GAPS] = { "{0}", "{1}", "{2}", "{3}", "{unit}", "{case}",
	"{person}" };

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

/* The gap that begins at p, or GAPS. */
static enum gap
gap_at(const char *p)
{
	enum gap n = 0;

	while (n < GAPS && strncmp(p, gaps[n], strlen(gaps[n])) != 0)
		n++;
	return n;
}

/* Twice the same walk: with to == NULL it measures. What a word says is never filled again. */
static size_t
fill(char *to, const char *text, const char *const words[GAPS])
{
	size_t size = 0;

	while (*text) {
		enum gap n = gap_at(text);
		const char *piece = n == GAPS ? text : words[n] ? words[n] : "";
		size_t len = n == GAPS ? 1 : strlen(piece);

		if (to)
			memcpy(to + size, piece, len);
		size += len;
		text += n == GAPS ? 1 : strlen(gaps[n]);
	}
	return size;
}

static const char *
filled(struct req *q, enum notice notice, const char *const words[GAPS])
{
	char *text = arena_alloc(q->arena, fill(NULL, texts[notice].text, words) + 1);

	fill(text, texts[notice].text, words);
	return text;
}

/* ---- names ------------------------------------------------------------------- */

/*
 * A unit's name by SMS is one of the catalogue's, and only once it was found there or confirmed:
 * anybody may register a unit of whatever name.
 */
static enum err
catalogue_name(struct req *q, struct sql *db, const struct unit *unit, const char **ret)
{
	const struct institution *list;
	size_t count;

	*ret = "有单位";
	if (unit->certification != CERTIFICATION_PASSED)
		return ERR_OK;
	TRY(institution_by_uscc(db, q->arena, unit->uscc, &list, &count));
	for (size_t i = count; i-- > 0;)
		if (name_is_plain(list[i].name) &&
		    (i == 0 || strcmp(list[i].name, unit->name) == 0)) {
			*ret = list[i].name;
			break;
		}
	return ERR_OK;
}

/* "广州建国医院“健康广州”": the institution as the catalogue has it, and what it applies with. */
static const char *
case_name(struct req *q, const struct application *app, bool by_sms)
{
	const char *shown = app->shown_app_name;

	if (!shown || strcmp(shown, app->institution_name) == 0 ||
	    (by_sms && !name_is_plain(shown)))
		return app->institution_name;
	return arena_printf(q->arena, "%s“%s”", app->institution_name, shown);
}

static enum err
words_of(struct req *q, struct sql *db, const struct notice_about *about,
    const char *const arguments[ARGUMENTS_MAX], bool by_sms, const char *ret[GAPS])
{
	for (int i = 0; i < ARGUMENTS_MAX; i++)
		ret[i] = arguments ? arguments[i] : NULL;
	for (int i = ARGUMENTS_MAX; i < GAPS; i++)
		ret[i] = NULL;
	if (!about)
		return ERR_OK;
	ret[GAP_PERSON] = by_sms ? "其他经办人" : about->person;
	if (about->application)
		ret[GAP_CASE] = case_name(q, about->application, by_sms);
	if (!about->unit || !by_sms) {
		ret[GAP_UNIT] = about->unit ? about->unit->name : NULL;
		return ERR_OK;
	}
	return catalogue_name(q, db, about->unit, &ret[GAP_UNIT]);
}

/* ---- 站内消息 ---------------------------------------------------------------- */

static struct message
message_of(struct req *q, enum notice notice, const char *application, const char *text)
{
	return (struct message){ .title = texts[notice].title,
		.text = text,
		.application = application,
		.created_at = q->now };
}

/* The text of a notice that names nobody. */
static const char *
plain(struct req *q, enum notice notice, const char *const arguments[ARGUMENTS_MAX])
{
	const char *words[GAPS] = { NULL };

	for (int i = 0; arguments && i < ARGUMENTS_MAX; i++)
		words[i] = arguments[i];
	return filled(q, notice, words);
}

struct message
notify_message(struct req *q, enum notice notice, const char *const arguments[4])
{
	return message_of(q, notice, NULL, plain(q, notice, arguments));
}

/* ---- SMS --------------------------------------------------------------------- */

/* A JSON array of the words as they stand in the text, for gateways that have the text themselves. */
static const char *
arguments_of(struct req *q, enum notice notice, const char *const words[GAPS])
{
	json_auto_t *list = json_array();

	for (const char *p = texts[notice].text; *p; p++) {
		enum gap n = gap_at(p);

		if (n < GAPS)
			json_array_append_new(list, json_string(words[n] ? words[n] : ""));
	}
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
    const struct notice_about *about, const char *const arguments[ARGUMENTS_MAX])
{
	unsigned char reference[16];
	const char *words[GAPS];
	enum err e = admit(q, tx, notice, phone);

	if (e == ERR_RATE_LIMITED && texts[notice].way & WAY_SITE) {
		q->detail = NULL;
		return ERR_OK;
	}
	TRY(e);
	TRY(words_of(q, tx->db, about, arguments, true, words));
	random_bytes(reference, sizeof(reference));
	return sms_add(tx,
	    &(struct sms_message){ .template_name = texts[notice].name,
		.phone_sealed = seal_text(q, PURPOSE_SMS_PHONE, phone),
		.text_sealed = seal_text(q, PURPOSE_SMS_TEXT, filled(q, notice, words)),
		.arguments_sealed =
		    seal_text(q, PURPOSE_SMS_ARGUMENTS, arguments_of(q, notice, words)),
		.reference = bytes_hex(q->arena, reference, sizeof(reference)),
		.created_at = q->now },
	    NULL);
}

/* application: the number of the one it leads to, or NULL. */
static enum err
tell(struct req *q, struct sql_tx *tx, int64_t operator_id, enum notice notice,
    const char *application, const struct notice_about *about, const char *const arguments[4])
{
	const char *words[GAPS], *text;
	struct operator person;
	char *phone;

	TRY(words_of(q, tx->db, about, arguments, false, words));
	text = filled(q, notice, words);
	struct message message = message_of(q, notice, application, text);
	if (texts[notice].way & WAY_SITE)
		TRY(message_add(tx, ROLE_OPERATOR, operator_id, &message));
	if (!(texts[notice].way & WAY_SMS))
		return ERR_OK;
	TRY(operator_get(tx->db, q->arena, operator_id, &person));
	if (person.sms_off && texts[notice].way == WAY_BOTH)
		return ERR_OK; /* it stands in 站内消息 */
	TRY(unseal_text(q, PURPOSE_OPERATOR_PHONE, person.phone_sealed, &phone));
	return send(q, tx, notice, phone, about, arguments);
}

enum err
notify_operator(struct req *q, struct sql_tx *tx, int64_t operator_id, enum notice notice,
    const char *application, const char *const arguments[4])
{
	return tell(q, tx, operator_id, notice, application, NULL, arguments);
}

enum err
notify_operator_about(struct req *q, struct sql_tx *tx, int64_t operator_id, enum notice notice,
    const struct notice_about *about, const char *const arguments[4])
{
	return tell(q, tx, operator_id, notice,
	    about->application ? about->application->number : NULL, about, arguments);
}

enum err
notify_unit(struct req *q, struct sql_tx *tx, int64_t unit_id, enum notice notice,
    const char *const arguments[4])
{
	struct message message = message_of(q, notice, NULL, plain(q, notice, arguments));

	TRY(message_add(tx, ROLE_UNIT, unit_id, &message));
	return message_add_operators(tx, ROLE_OPERATOR, unit_id, &message);
}

enum err
notify_file(struct req *q, struct sql_tx *tx, unsigned role, int64_t user_id, enum notice notice,
    const char *file, const char *const arguments[4])
{
	struct message message = message_of(q, notice, NULL, plain(q, notice, arguments));

	message.file = file;
	return message_add(tx, role, user_id, &message);
}

enum err
notify_officer(struct req *q, struct sql_tx *tx, int64_t staff_id, enum notice notice,
    const char *application, const char *const arguments[4])
{
	struct message message = message_of(q, notice, application, plain(q, notice, arguments));

	return message_add(tx, ROLE_OFFICER, staff_id, &message);
}

enum err
notify_bureau(struct req *q, struct sql_tx *tx, int64_t bureau_id, const char *region_code,
    enum notice notice, const char *application, const char *const arguments[4])
{
	struct message message = message_of(q, notice, application, plain(q, notice, arguments));

	return message_add_bureau(tx, ROLE_OFFICER, bureau_id, region_code, &message);
}

enum err
notify_sms(struct req *q, struct sql_tx *tx, enum notice notice, const char *phone,
    const char *const arguments[4])
{
	return send(q, tx, notice, phone, NULL, arguments);
}

enum err
notify_sms_about(struct req *q, struct sql_tx *tx, enum notice notice, const char *phone,
    const struct notice_about *about, const char *const arguments[4])
{
	return send(q, tx, notice, phone, about, arguments);
}
