#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/sms/http.h"
#include "handlers/sms/settings.h"
#include "handlers/sms/sign.h"
#include "handlers/sms/template.h"

#define HOST "sms.tencentcloudapi.com"

/* Codes of the whole request and of its one number, by their beginnings. */
static const struct sms_code_row codes[] = {
	{ "InvalidParameterValue.IncorrectPhoneNumber", SMS_REFUSED },
	{ "InvalidParameterValue.ContentLengthLimit", SMS_REFUSED },
	{ "InvalidParameterValue.TemplateParameter", SMS_REFUSED },
	{ "FailedOperation.PhoneNumberInBlacklist", SMS_REFUSED },
	{ "FailedOperation.ContainSensitiveWord", SMS_REFUSED },
	{ "FailedOperation.MarketingSendTimeConstraint", SMS_LATER },
	{ "InternalError", SMS_UNKNOWN },
};

static const char *
payload_of(struct req *q, const struct sms *sms, const char *template_code)
{
	json_auto_t *body = json_pack("{s[s] ss ss ss sO ss}", "PhoneNumberSet",
	    arena_printf(q->arena, "+86%s", sms->phone), "SmsSdkAppId", sms_settings.app,
	    "SignName", sms_settings.sign, "TemplateId", template_code, "TemplateParamSet",
	    (json_t *)sms->arguments, "SessionContext", sms->reference);
	size_t size = json_dumpb(body, NULL, 0, JSON_COMPACT);
	char *text = arena_alloc(q->arena, size + 1);

	json_dumpb(body, text, size, JSON_COMPACT);
	return text;
}

static struct sms_outcome
judge(struct req *q, const struct sms_answer *answer)
{
	json_auto_t *json = json_loads(answer->text, 0, NULL);
	const json_t *response = json_object_get(json, "Response");
	const json_t *one = json_array_get(json_object_get(response, "SendStatusSet"), 0);
	const json_t *told = one ? one : json_object_get(response, "Error");
	const char *code = json_string_value(json_object_get(told, "Code"));

	if (!code)
		return (struct sms_outcome){ SMS_UNKNOWN,
			arena_printf(q->arena, "status %ld without a code", answer->status) };
	if (one && strcmp(code, "Ok") == 0)
		return (struct sms_outcome){ SMS_TAKEN, NULL };
	return (struct sms_outcome){ sms_code_fate(codes, COUNT(codes), code),
		sms_harmless(q->arena, code) };
}

struct sms_outcome
sms_tencent_send(struct req *q, const struct sms *sms)
{
	const char *url = *sms_settings.url ? sms_settings.url : "https://" HOST;
	const char *template_code = sms_template(q, sms->template_name);
	struct sms_answer answer = { 0 };

	if (!template_code)
		return (struct sms_outcome){ SMS_LATER, "no template in PORTAL_SMS_TEMPLATES" };
	struct tc3 r = { .host = HOST,
		.service = "sms",
		.payload = payload_of(q, sms, template_code),
		.timestamp = q->now,
		.secret_id = sms_settings.user,
		.secret_key = sms_settings.password };
	const char *headers[] = { "host: " HOST, "content-type: " TC3_CONTENT_TYPE,
		"x-tc-action: SendSms", "x-tc-version: 2021-01-11",
		arena_printf(q->arena, "x-tc-region: %s", sms_settings.region),
		arena_printf(q->arena, "x-tc-timestamp: %lld", (long long)q->now),
		arena_printf(q->arena, "authorization: %s", tc3_authorization(q->arena, &r)),
		NULL };
	struct sms_outcome end = sms_http(q,
	    &(struct sms_call){ .url = arena_printf(q->arena, "%s/", url),
		.headers = headers,
		.body = r.payload },
	    &answer);

	return end.fate == SMS_TAKEN ? judge(q, &answer) : end;
}
