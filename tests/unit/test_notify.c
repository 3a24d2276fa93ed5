#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/keyring.h"
#include "fcgi/http/config.h"
#include "handlers/common/notify.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/sms/settings.h"
#include "sql/account/operator.h"
#include "tests/fakes/notice_store.h"
#include "tests/fakes/sql.h"
#include "tests/support/request.h"
#include "tests/support/suite.h"

#define NUMBER "0123456789abcdef0123456789abcdef"

static struct req q;
static struct config config;
static struct keyring *keyring;

enum err
operator_get(struct sql *db, struct arena *arena, int64_t id, struct operator* ret)
{
	(void)db;
	TRY(fake_call());
	*ret = (struct operator){ .id = id,
		.phone_sealed = keyring_seal(keyring, arena, "operator.phone", "13800138000") };
	return ERR_OK;
}

static void
begin(void)
{
	fake_sql_reset();
	fake_notices = (struct fake_notices){ 0 };
	request_begin(&q, "POST", "/");
	q.keyring = keyring;
	q.config = &config;
	sms_settings.daily = 100;
}

static enum err
tell_operator(enum notice notice, const char *const arguments[4])
{
	SQL_TX(tx, q.db);
	TRY(notify_operator(&q, &tx, 7, notice, NUMBER, arguments));
	return sql_commit(&tx);
}

static const char *
opened(const char *purpose, const char *sealed)
{
	char *text = NULL;

	CU_ASSERT_EQUAL(keyring_unseal(keyring, q.arena, purpose, sealed, &text), ERR_OK);
	return text ? text : "";
}

static void
an_operator_is_told_both_ways(void)
{
	begin();
	CU_ASSERT_EQUAL(tell_operator(NOTICE_REJECTED,
			    (const char *const[4]){ NUMBER, "省医保局" }),
	    ERR_OK);
	CU_ASSERT_EQUAL(fake_notices.messages, 1);
	CU_ASSERT_EQUAL(fake_notices.sms, 1);
	CU_ASSERT_EQUAL(fake_notices.role, ROLE_OPERATOR);
	CU_ASSERT_EQUAL(fake_notices.user_id, 7);
	CU_ASSERT_STRING_EQUAL(fake_notices.message.title, "审核驳回");
	CU_ASSERT_STRING_EQUAL(fake_notices.message.application, NUMBER);
	CU_ASSERT_STRING_EQUAL(fake_notices.message.text,
	    "申请单 " NUMBER " 被 省医保局 驳回，请登录查看意见，修改后重新提交。");
	CU_ASSERT_STRING_EQUAL(opened("sms.text", fake_notices.text.text_sealed),
	    fake_notices.message.text);
	CU_ASSERT_STRING_EQUAL(opened("sms.phone", fake_notices.text.phone_sealed), "13800138000");
	CU_ASSERT_STRING_EQUAL(fake_notices.text.template_name, "REJECTED");
}

static void
a_password_never_lies_in_a_message(void)
{
	static const enum notice secret[] = { NOTICE_SMS_CODE, NOTICE_OPERATOR_NEW,
		NOTICE_OPERATOR_RESET };

	for (size_t i = 0; i < COUNT(secret); i++) {
		begin();
		CU_ASSERT_EQUAL(tell_operator(secret[i],
				    (const char *const[4]){ "示例医院", "Geheim-42" }),
		    ERR_OK);
		CU_ASSERT_EQUAL(fake_notices.messages, 0);
		CU_ASSERT_EQUAL(fake_notices.sms, 1);
		CU_ASSERT_PTR_NULL(strstr(fake_notices.text.text_sealed, "Geheim"));
	}
}

static void
what_an_argument_says_is_not_filled_again(void)
{
	begin();
	CU_ASSERT_EQUAL(tell_operator(NOTICE_OPERATOR_GRANTED,
			    (const char *const[4]){ "{1}{0}%s{9}", "{1" }),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(fake_notices.message.text, "{1}{0}%s{9} 已授权您办理“{1”。");
	begin();
	CU_ASSERT_EQUAL(tell_operator(NOTICE_OPERATOR_GRANTED, NULL), ERR_OK);
	CU_ASSERT_STRING_EQUAL(fake_notices.message.text, " 已授权您办理“”。");
}

static enum err
tell_bureau(void)
{
	SQL_TX(tx, q.db);
	TRY(notify_bureau(&q, &tx, 3, "440103", NOTICE_ENTERED_QUEUE, NUMBER,
	    (const char *const[4]){ "示例医院" }));
	return sql_commit(&tx);
}

static void
a_bureau_reads_it_in_the_portal(void)
{
	begin();
	CU_ASSERT_EQUAL(tell_bureau(), ERR_OK);
	CU_ASSERT_EQUAL(fake_notices.bureau_id, 3);
	CU_ASSERT_EQUAL(fake_notices.role, ROLE_OFFICER);
	CU_ASSERT_EQUAL(fake_notices.sms, 0);
	CU_ASSERT_STRING_EQUAL(fake_notices.message.text, "示例医院 的申请单等待办理。");
}

static enum err
send_code(void)
{
	SQL_TX(tx, q.db);
	TRY(notify_sms(&q, &tx, NOTICE_SMS_CODE, "13900139000",
	    (const char *const[4]){ "123456" }));
	return sql_commit(&tx);
}

static void
a_code_goes_to_the_phone_alone(void)
{
	begin();
	CU_ASSERT_EQUAL(send_code(), ERR_OK);
	CU_ASSERT_EQUAL(fake_notices.messages, 0);
	CU_ASSERT_STRING_EQUAL(opened("sms.phone", fake_notices.text.phone_sealed), "13900139000");
	CU_ASSERT_STRING_EQUAL(opened("sms.text", fake_notices.text.text_sealed),
	    "验证码 123456，5 分钟内有效，请勿告诉他人。如非本人操作，请忽略。");
}

static void
whatever_fails_nothing_stays(void)
{
	begin();
	CU_ASSERT_EQUAL(tell_operator(NOTICE_APPLIED, NULL), ERR_OK);
	unsigned calls = fake_sql.calls;

	for (unsigned nth = 1; nth <= calls; nth++) {
		begin();
		fake_sql.fail_at = nth;
		CU_ASSERT_EQUAL(tell_operator(NOTICE_APPLIED, NULL), ERR_UNAVAILABLE);
		CU_ASSERT_EQUAL(fake_sql.committed, 0);
	}
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "an operator is told both ways", an_operator_is_told_both_ways },
		{ "a password never lies in a message", a_password_never_lies_in_a_message },
		{ "what an argument says is not filled again",
		    what_an_argument_says_is_not_filled_again },
		{ "a bureau reads it in the portal", a_bureau_reads_it_in_the_portal },
		{ "a code goes to the phone alone", a_code_goes_to_the_phone_alone },
		{ "whatever fails, nothing stays", whatever_fails_nothing_stays },
		CU_TEST_INFO_NULL,
	};
	char folder[] = "/tmp/test_notify.XXXXXX", path[64];

	if (!mkdtemp(folder))
		return 2;
	snprintf(path, sizeof(path), "%s/keyring", folder);
	if (keyring_generate(path) != ERR_OK || keyring_open(path, &keyring) != ERR_OK)
		return 2;
	int failed = run_suite("notify", tests);
	req_release(&q);
	arena_free(q.arena);
	keyring_close(keyring);
	unlink(path);
	rmdir(folder);
	return failed;
}
