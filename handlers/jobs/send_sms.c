#include "fcgi/config.h"
#include "fcgi/keyring.h"
#include "handlers/jobs/jobs.h"
#include "handlers/jobs/sms_provider.h"
#include "sql/sms.h"

enum err
send_sms_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	const struct sms_provider *provider = sms_provider_find(q->config->sms_provider);
	struct sms_message sms;
	char *phone, *text;

	TRY(sms_get(tx->db, q->arena, job->subject, &sms));
	if (sms.state != SMS_WAITING)
		return ERR_OK;
	TRY(keyring_unseal(q->keyring, q->arena, SMS_PHONE, sms.phone_sealed, &phone));
	TRY(keyring_unseal(q->keyring, q->arena, SMS_TEXT, sms.text_sealed, &text));
	/* The row first: once it is handed over, only the commit can still fail. */
	TRY(sms_sent(tx, sms.id, q->now));
	return provider ? provider->send(q, phone, text) : ERR_INTERNAL;
}

enum err
send_sms_give_up(struct req *q, struct sql_tx *tx, const struct job *job)
{
	(void)q;
	return sms_give_up(tx, job->subject);
}
