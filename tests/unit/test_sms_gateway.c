/* The signers against the clouds' published examples; the providers against a gateway on loopback. */
#include <CUnit/Basic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "handlers/sms/http.h"
#include "handlers/sms/provider.h"
#include "handlers/sms/settings.h"
#include "handlers/sms/sign.h"
#include "handlers/sms/template.h"
#include "tests/support/gateway.h"

static struct req q;

/* help.aliyun.com, "V3版本请求体&签名机制": the example with fixed parameters. */
static void
aliyun_signs_as_published(void)
{
	struct acs3 r = { .host = "ecs.cn-shanghai.aliyuncs.com",
		.action = "RunInstances",
		.version = "2014-05-26",
		.query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"
			 "&RegionId=cn-shanghai",
		.date = "2023-10-26T10:22:32Z",
		.nonce = "3156853299f313e23d1673dc12e1703d",
		.key_id = "YourAccessKeyId",
		.key_secret = "YourAccessKeySecret" };

	CU_ASSERT_STRING_EQUAL(acs3_authorization(q.arena, &r),
	    "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
	    "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
	    "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
}

/* cloud.tencent.com, "签名方法 v3": its DescribeInstances, with the keys as they are printed there. */
static void
tencent_signs_as_published(void)
{
	static const struct {
		const char *key, *signature;
	} editions[] = {
		{ "EXAMPLE", "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168" },
		{ "*******", "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c" },
	};

	for (size_t i = 0; i < COUNT(editions); i++) {
		struct tc3 r = { .host = "cvm.tencentcloudapi.com",
			.service = "cvm",
			.payload = "{\"Limit\": 1, \"Filters\": [{\"Values\": "
				   "[\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}",
			.timestamp = 1551113065,
			.secret_id = arena_printf(q.arena, "AKIDz8krbsJ5yKBZQpn74WFkmLPx3%s",
			    editions[i].key),
			.secret_key =
			    arena_printf(q.arena, "Gu5t9xGARNpq86cd98joQYCN3%s", editions[i].key) };

		CU_ASSERT_STRING_EQUAL(tc3_authorization(q.arena, &r),
		    arena_printf(q.arena,
			"TC3-HMAC-SHA256 Credential=%s/2019-02-25/cvm/tc3_request, "
			"SignedHeaders=content-type;host, Signature=%s",
			r.secret_id, editions[i].signature));
	}
}

static void
what_has_a_meaning_in_an_address_is_escaped(void)
{
	CU_ASSERT_STRING_EQUAL(bytes_percent(q.arena, "aZ9-._~ *+&/%码"),
	    "aZ9-._~%20%2A%2B%26%2F%25%E7%A0%81");
	CU_ASSERT_STRING_EQUAL(sms_harmless(q.arena, "no 13800138000\n\"x\""),
	    "no 1380_________x_");
}

/* ---- a gateway that gives one answer --------------------------------------- */

static json_t *arguments;

static struct sms_outcome
ask(const char *provider, const char *answer)
{
	struct sms sms = { .reference = "0123456789abcdef0123456789abcdef",
		.phone = "13800138000",
		.text = "验证码 123456",
		.template_name = "SMS_CODE",
		.arguments = arguments };

	sms_settings.url = gateway_open(strcmp(provider, "kannel") == 0 ? "/sendsms" : "", answer);
	struct sms_outcome end = sms_provider_find(provider)->send(&q, &sms);
	gateway_close();
	return end;
}

#define HEAD(status) "HTTP/1.1 " status "\r\nConnection: close\r\n\r\n"

struct answer_row {
	const char *answer;
	enum sms_fate fate;
};

static void
each(const char *provider, const struct answer_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct sms_outcome end = ask(provider, rows[i].answer);

		if (end.fate != rows[i].fate)
			printf("%s: %s: %d %s\n", provider, rows[i].answer, (int)end.fate, end.why);
		CU_ASSERT_EQUAL(end.fate, rows[i].fate);
		CU_ASSERT_TRUE((end.fate == SMS_TAKEN) == (end.why == NULL));
	}
}

#define EACH(provider, rows) each(provider, rows, COUNT(rows))

static void
kannel_answers_are_told_apart(void)
{
	static const struct answer_row rows[] = {
		{ HEAD("202 Accepted") "0: Accepted for delivery", SMS_TAKEN },
		{ HEAD("202 Accepted") "3: Queued for later delivery", SMS_TAKEN },
		{ HEAD("403 Forbidden") "Not routable. Do not try again.", SMS_LATER },
		{ HEAD("403 Forbidden") "Authorization failed for sendsms", SMS_LATER },
		{ HEAD("403 Forbidden") "Number(s) has/have been denied by white- and/or "
					"black-lists.",
		    SMS_REFUSED },
		{ HEAD("503 Busy") "Temporal failure, try again later.", SMS_LATER },
		{ HEAD("502 Bad Gateway") "<html>", SMS_UNKNOWN },
		{ "", SMS_UNKNOWN }, /* hung up after the request */
		{ NULL, SMS_LATER }, /* nobody there */
	};

	EACH("kannel", rows);
	CU_ASSERT_EQUAL(ask("kannel", rows[0].answer).fate, SMS_TAKEN);
	CU_ASSERT_STRING_EQUAL(gateway_line(),
	    "GET /sendsms?username=id&password=se%26cret&to=13800138000&charset=UTF-8&coding=2"
	    "&text=%E9%AA%8C%E8%AF%81%E7%A0%81%20123456&from=%E6%8E%A5%E5%85%A5&dlr-mask=19"
	    "&dlr-url=http%3A%2F%2F10.0.0.1%2Fr%2F0123456789abcdef0123456789abcdef"
	    "%3Fstatus%3D%25d HTTP/1.1");
}

static void
aliyun_answers_are_told_apart(void)
{
	static const struct answer_row rows[] = {
		{ HEAD("200 OK") "{\"Code\":\"OK\",\"BizId\":\"1\"}", SMS_TAKEN },
		{ HEAD("200 OK") "{\"Code\":\"isv.MOBILE_NUMBER_ILLEGAL\"}", SMS_REFUSED },
		{ HEAD("200 OK") "{\"Code\":\"isv.BUSINESS_LIMIT_CONTROL\"}", SMS_LATER },
		{ HEAD("403 Forbidden") "{\"Code\":\"Throttling.User\"}", SMS_LATER },
		{ HEAD("500 Oops") "{\"Code\":\"InternalError\"}", SMS_UNKNOWN },
		{ HEAD("500 Oops") "<html>", SMS_UNKNOWN },
		{ "", SMS_UNKNOWN },
		{ NULL, SMS_LATER },
	};

	EACH("aliyun", rows);
	CU_ASSERT_EQUAL(ask("aliyun", rows[0].answer).fate, SMS_TAKEN);
	CU_ASSERT_STRING_EQUAL(gateway_line(),
	    "POST /?OutId=0123456789abcdef0123456789abcdef&PhoneNumbers=13800138000"
	    "&SignName=%E6%8E%A5%E5%85%A5&TemplateCode=SMS_1"
	    "&TemplateParam=%7B%22p0%22%3A%22123456%22%7D HTTP/1.1");
}

static void
tencent_answers_are_told_apart(void)
{
	static const struct answer_row rows[] = {
		{ HEAD("200 OK") "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"Ok\"}]}}",
		    SMS_TAKEN },
		{ HEAD("200 OK") "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
				 "\"FailedOperation.PhoneNumberInBlacklist\"}]}}",
		    SMS_REFUSED },
		{ HEAD("200 OK") "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
				 "\"LimitExceeded.PhoneNumberDailyLimit\"}]}}",
		    SMS_LATER },
		{ HEAD("200 OK") "{\"Response\":{\"Error\":{\"Code\":"
				 "\"AuthFailure.SignatureFailure\"}}}",
		    SMS_LATER },
		{ HEAD("200 OK") "{\"Response\":{\"Error\":{\"Code\":\"InternalError\"}}}",
		    SMS_UNKNOWN },
		{ HEAD("200 OK") "{}", SMS_UNKNOWN },
		{ "", SMS_UNKNOWN },
		{ NULL, SMS_LATER },
	};

	EACH("tencent", rows);
	CU_ASSERT_EQUAL(ask("tencent", rows[0].answer).fate, SMS_TAKEN);
	CU_ASSERT_PTR_NOT_NULL(strstr(gateway_body(),
	    "{\"PhoneNumberSet\":[\"+8613800138000\"],\"SmsSdkAppId\":\"1400\",\"SignName\":"
	    "\"接入\",\"TemplateId\":\"SMS_1\",\"TemplateParamSet\":[\"123456\"],"
	    "\"SessionContext\":\"0123456789abcdef0123456789abcdef\"}"));
}

static void
a_notice_without_a_template_waits(void)
{
	sms_settings.templates = "SMS_CODES=X,OPERATOR_NEW=Y";
	CU_ASSERT_EQUAL(ask("aliyun", NULL).fate, SMS_LATER);
	CU_ASSERT_EQUAL(ask("tencent", NULL).fate, SMS_LATER);
	CU_ASSERT_STRING_EQUAL(sms_template(&q, "OPERATOR_NEW"), "Y");
	sms_settings.templates = "SMS_CODE=SMS_1";
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "aliyun signs as published", aliyun_signs_as_published },
		{ "tencent signs as published", tencent_signs_as_published },
		{ "what has a meaning in an address is escaped",
		    what_has_a_meaning_in_an_address_is_escaped },
		{ "kannel's answers are told apart", kannel_answers_are_told_apart },
		{ "aliyun's answers are told apart", aliyun_answers_are_told_apart },
		{ "tencent's answers are told apart", tencent_answers_are_told_apart },
		{ "a notice without a template waits", a_notice_without_a_template_waits },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = { { "sms_gateway", NULL, NULL, NULL, NULL, tests },
		CU_SUITE_INFO_NULL };

	sms_settings = (struct sms_settings){ .user = "id",
		.password = "se&cret",
		.sign = "接入",
		.app = "1400",
		.region = "ap-guangzhou",
		.templates = "SMS_CODE=SMS_1",
		.report_url = "http://10.0.0.1/r" };
	q = (struct req){ .arena = arena_new((size_t)1 << 20), .now = 1700000000 };
	arguments = json_pack("[s]", "123456");
	if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS)
		return 2;
	CU_basic_set_mode(CU_BRM_VERBOSE);
	CU_basic_run_tests();
	unsigned failed = CU_get_number_of_failures();
	CU_cleanup_registry();
	json_decref(arguments);
	arena_free(q.arena);
	return failed ? 1 : 0;
}
