#include <string.h>
#include <time.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "handlers/sms/http.h"
#include "handlers/sms/settings.h"
#include "handlers/sms/sign.h"
#include "handlers/sms/template.h"

#define HOST "dysmsapi.aliyuncs.com"
#define VERSION "2017-05-25"

/* Codes of SendSms and of the platform, by their beginnings. */
static const struct sms_code_row codes[] = {
	{ "isv.MOBILE_NUMBER_ILLEGAL", SMS_REFUSED },
	{ "isv.MOBILE_COUNT_OVER_LIMIT", SMS_REFUSED },
	{ "isv.BLACK_KEY_CONTROL_LIMIT", SMS_REFUSED },
	{ "isv.PARAM_LENGTH_LIMIT", SMS_REFUSED },
	{ "isv.TEMPLATE_PARAMS_ILLEGAL", SMS_REFUSED },
	{ "isv.TEMPLATE_MISSING_PARAMETERS", SMS_REFUSED },
	{ "isv.SMS_CONTENT", SMS_REFUSED },
	{ "isp.SYSTEM_ERROR", SMS_UNKNOWN },
	{ "InternalError", SMS_UNKNOWN },
};

/* The n-th argument is the template's variable p<n>. */
static const char *
parameters(struct req *q, const struct sms *sms)
{
	json_auto_t *object = json_object();
	json_t *value;
	size_t i;

	json_array_foreach((json_t *)sms->arguments, i, value)
	    json_object_set(object, arena_printf(q->arena, "p%zu", i), value);
	size_t size = json_dumpb(object, NULL, 0, JSON_COMPACT);
	char *text = arena_alloc(q->arena, size + 1);
	json_dumpb(object, text, size, JSON_COMPACT);
	return bytes_percent(q->arena, text);
}

static struct sms_outcome
judge(struct req *q, const struct sms_answer *answer)
{
	json_auto_t *json = json_loads(answer->text, 0, NULL);
	const char *code = json_string_value(json_object_get(json, "Code"));

	if (!code)
		return (struct sms_outcome){ SMS_UNKNOWN,
			arena_printf(q->arena, "status %ld without a code", answer->status) };
	if (answer->status == 200 && strcmp(code, "OK") == 0)
		return (struct sms_outcome){ SMS_TAKEN, NULL };
	return (struct sms_outcome){ sms_code_fate(codes, COUNT(codes), code),
		sms_harmless(q->arena, code) };
}

static struct sms_outcome
call(struct req *q, const struct acs3 *r)
{
	const char *url = *sms_settings.url ? sms_settings.url : "https://" HOST;
	const char *headers[] = { "host: " HOST,
		"content-type:", arena_printf(q->arena, "x-acs-action: %s", r->action),
		"x-acs-version: " VERSION, "x-acs-content-sha256: " ACS3_NO_BODY,
		arena_printf(q->arena, "x-acs-date: %s", r->date),
		arena_printf(q->arena, "x-acs-signature-nonce: %s", r->nonce),
		arena_printf(q->arena, "authorization: %s", acs3_authorization(q->arena, r)),
		NULL };
	struct sms_answer answer = { 0 };
	struct sms_outcome end = sms_http(q,
	    &(struct sms_call){ .url = arena_printf(q->arena, "%s/?%s", url, r->query),
		.headers = headers,
		.body = "" },
	    &answer);

	return end.fate == SMS_TAKEN ? judge(q, &answer) : end;
}

struct sms_outcome
sms_aliyun_send(struct req *q, const struct sms *sms)
{
	const char *template_code = sms_template(q, sms->template_name);
	time_t now = (time_t)q->now;
	unsigned char nonce[16];
	struct tm utc;
	char date[24];

	if (!template_code)
		return (struct sms_outcome){ SMS_LATER, "no template in PORTAL_SMS_TEMPLATES" };
	random_bytes(nonce, sizeof(nonce));
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
	const char *query = arena_printf(q->arena,
	    "OutId=%s&PhoneNumbers=%s&SignName=%s&TemplateCode=%s&TemplateParam=%s", sms->reference,
	    sms->phone, bytes_percent(q->arena, sms_settings.sign),
	    bytes_percent(q->arena, template_code), parameters(q, sms));
	return call(q, &(struct acs3){ .host = HOST,
			   .action = "SendSms",
			   .version = VERSION,
			   .query = query,
			   .date = date,
			   .nonce = bytes_hex(q->arena, nonce, sizeof(nonce)),
			   .key_id = sms_settings.user,
			   .key_secret = sms_settings.password });
}
