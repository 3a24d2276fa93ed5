#include <string.h>

#include "fcgi/base/log.h"
#include "handlers/common/sealing.h"
#include "handlers/jobs/jobs.h"
#include "handlers/rules/table/limits.h"
#include "handlers/sms/provider.h"
#include "handlers/sms/settings.h"
#include "sql/record/sms.h"

/* In the transaction that counts the attempt: from here on it may have been sent. */
enum err
send_sms_begin(struct req *q, struct sql_tx *tx, const struct job *job)
{
	return sms_begin(tx, job->subject, q->now);
}

static bool
is_stale(const struct req *q, const struct sms_message *sms)
{
	return strcmp(sms->template_name, "SMS_CODE") == 0 &&
	       q->now >= sms->created_at + (int64_t)kv_sms_code.lifetime;
}

static enum err
hand_over(struct req *q, const struct sms_message *row, struct sms_outcome *ret)
{
	const struct sms_provider *provider = sms_provider_find(sms_settings.provider);
	struct sms sms = { .reference = row->reference, .template_name = row->template_name };
	char *phone, *text, *arguments;

	if (!provider) {
		*ret = (struct sms_outcome){ SMS_LATER, "no such PORTAL_SMS_PROVIDER" };
		return ERR_OK;
	}
	TRY(unseal_text(q, PURPOSE_SMS_PHONE, row->reference, row->phone_sealed, &phone));
	TRY(unseal_text(q, PURPOSE_SMS_TEXT, row->reference, row->text_sealed, &text));
	TRY(unseal_text(q, PURPOSE_SMS_ARGUMENTS, row->reference, row->arguments_sealed,
	    &arguments));
	json_auto_t *list = json_loads(arguments ? arguments : "[]", 0, NULL);
	sms.phone = phone;
	sms.text = text;
	sms.arguments = list;
	*ret = provider->send(q, &sms);
	return ERR_OK;
}

/* What cannot be committed after it was handed over stays "sending", which is never sent again. */
enum err
send_sms_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct sms_message sms;
	struct sms_outcome end;

	TRY(sms_get(tx->db, q->arena, job->subject, &sms));
	if (sms.state != SMS_SENDING)
		return ERR_OK;
	if (is_stale(q, &sms))
		return sms_end(tx, sms.id, SMS_GIVEN_UP, "the code has expired", q->now);
	TRY(hand_over(q, &sms, &end));
	if (end.why)
		log_line(LOG_WARN, "send_sms", "id=%lld why=\"%s\"", (long long)sms.id, end.why);
	switch (end.fate) {
	case SMS_TAKEN:
		return sms_end(tx, sms.id, SMS_SENT, NULL, q->now);
	case SMS_REFUSED:
		return sms_end(tx, sms.id, SMS_GIVEN_UP, end.why, q->now);
	case SMS_UNKNOWN:
		return sms_end(tx, sms.id, SMS_UNCERTAIN, end.why, q->now);
	case SMS_LATER:
		break;
	}
	return refuse(q, ERR_UNAVAILABLE, end.why);
}

enum err
send_sms_failed(struct req *q, struct sql_tx *tx, const struct job *job, const char *note)
{
	(void)q;
	return sms_wait(tx, job->subject, note);
}

enum err
send_sms_give_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note)
{
	return sms_end(tx, job->subject, SMS_GIVEN_UP, note, q->now);
}
