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
#include "sql/catalogue/institution.h"
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

/* A unit of this 代码 in the catalogue. */
enum err
institution_by_uscc(struct sql *db, struct arena *arena, const char *uscc,
    const struct institution **ret, size_t *ret_count)
{
	(void)db;
	TRY(fake_call());
	struct institution *list = ARENA_ARRAY(arena, struct institution, 2);

	list[0].name = "广州建国医院";
	list[1].name = "广州建国医院分院";
	*ret = list;
	*ret_count = strcmp(uscc, "known") == 0 ? 2 : 0;
	return ERR_OK;
}

static enum err
tell_operator(enum notice notice, const struct notice_about *about, const char *const arguments[4])
{
	SQL_TX(tx, q.db);
	TRY(notify_operator_about(&q, &tx, 7, notice, about, arguments));
	return sql_commit(&tx);
}

static struct application application = { .number = NUMBER,
	.institution_name = "广州建国医院",
	.shown_app_name = "健康广州" };
static struct unit unit = { .name = "示例单位",
	.uscc = "known",
	.certification = CERTIFICATION_PASSED };
static const struct notice_about names = { &unit, &application, "王小慢" };

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
	CU_ASSERT_EQUAL(tell_operator(NOTICE_REJECTED, &names,
			    (const char *const[4]){ "省医保局" }),
	    ERR_OK);
	CU_ASSERT_EQUAL(fake_notices.messages, 1);
	CU_ASSERT_EQUAL(fake_notices.sms, 1);
	CU_ASSERT_EQUAL(fake_notices.role, ROLE_OPERATOR);
	CU_ASSERT_EQUAL(fake_notices.user_id, 7);
	CU_ASSERT_STRING_EQUAL(fake_notices.message.title, "审核驳回");
	CU_ASSERT_STRING_EQUAL(fake_notices.message.application, NUMBER);
	CU_ASSERT_STRING_EQUAL(fake_notices.message.text,
	    "广州建国医院“健康广州”的申请被省医保局驳回，请登录查看意见，修改后重新提交。");
	CU_ASSERT_STRING_EQUAL(opened("sms.text", fake_notices.text.text_sealed),
	    fake_notices.message.text);
	CU_ASSERT_STRING_EQUAL(opened("sms.phone", fake_notices.text.phone_sealed), "13800138000");
	CU_ASSERT_STRING_EQUAL(fake_notices.text.template_name, "REJECTED");
}

static void
a_password_never_lies_in_a_message(void)
{
	static const enum notice secret[] = { NOTICE_SMS_CODE, NOTICE_OPERATOR_NEW,
		NOTICE_OPERATOR_INVITED, NOTICE_OPERATOR_RESET };

	for (size_t i = 0; i < COUNT(secret); i++) {
		begin();
		CU_ASSERT_EQUAL(tell_operator(secret[i], &names,
				    (const char *const[4]){ "Geheim-42" }),
		    ERR_OK);
		CU_ASSERT_EQUAL(fake_notices.messages, 0);
		CU_ASSERT_EQUAL(fake_notices.sms, 1);
		CU_ASSERT_PTR_NULL(strstr(fake_notices.text.text_sealed, "Geheim"));
	}
}

static void
what_a_word_says_is_not_filled_again(void)
{
	const struct unit odd = { .name = "{1}{unit}%s{9}" };

	begin();
	CU_ASSERT_EQUAL(tell_operator(NOTICE_OPERATOR_GRANTED,
			    &(struct notice_about){ .unit = &odd }, (const char *const[4]){ "{1" }),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(fake_notices.message.text, "{1}{unit}%s{9}已授权您办理“{1”。");
	begin();
	CU_ASSERT_EQUAL(tell_operator(NOTICE_OPERATOR_GRANTED, &(struct notice_about){ 0 }, NULL),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(fake_notices.message.text, "已授权您办理“”。");
}

/* ---- names (A-64) ---- */

#define HOSTILE "领奖速访evil.example.com致电13800138000"

static const char *
sms_text(void)
{
	return fake_notices.sms ? opened("sms.text", fake_notices.text.text_sealed) : "";
}

/* Every row of notice.def, the site's too: none of them carries a name that leads somewhere into an SMS. */
static void
no_word_of_a_stranger_goes_into_an_sms(void)
{
	static const enum certification all[] = { CERTIFICATION_NONE, CERTIFICATION_PASSED,
		CERTIFICATION_FAILED, CERTIFICATION_MANUAL, CERTIFICATION_EXPIRED };
	static const enum notice notices[] = {
#define NOTICE(name, way, title, text) NOTICE_##name,
#include "handlers/rules/table/notice.def"
#undef NOTICE
	};
	unsigned sent = 0;

	for (size_t i = 0; i < COUNT(notices); i++)
		for (size_t c = 0; c < COUNT(all); c++) {
			struct unit mean = { .name = HOSTILE,
				.uscc = "known",
				.certification = all[c] };
			struct application app = application;
			const struct notice_about about = { &mean, &app, HOSTILE };

			app.shown_app_name = HOSTILE;
			begin();
			CU_ASSERT_EQUAL_FATAL(tell_operator(notices[i], &about, NULL), ERR_OK);
			sent += fake_notices.sms;
			CU_ASSERT_PTR_NULL(strstr(sms_text(), "evil"));
			CU_ASSERT_PTR_NULL(strstr(sms_text(), "领奖"));
			CU_ASSERT_PTR_NULL(strstr(sms_text(), "1380013"));
			CU_ASSERT_PTR_NULL(strstr(sms_text(), NUMBER));
			if (fake_notices.sms)
				CU_ASSERT_PTR_NULL(strstr(opened("sms.arguments",
							      fake_notices.text.arguments_sealed),
				    "evil"));
		}
	CU_ASSERT(sent > 15 * 5);
}

static void
a_unit_is_named_by_sms_as_the_catalogue_has_it(void)
{
	struct unit u = unit;
	const struct notice_about about = { .unit = &u };
	const char *const business[4] = { "定点医药机构移动支付申请" };

	begin();
	CU_ASSERT_EQUAL(tell_operator(NOTICE_OPERATOR_GRANTED, &about, business), ERR_OK);
	CU_ASSERT_STRING_EQUAL(sms_text(), "广州建国医院已授权您办理“定点医药机构移动支付申请”。");
	CU_ASSERT_STRING_EQUAL(fake_notices.message.text,
	    "示例单位已授权您办理“定点医药机构移动支付申请”。");
	CU_ASSERT_STRING_EQUAL(opened("sms.arguments", fake_notices.text.arguments_sealed),
	    "[\"广州建国医院\",\"定点医药机构移动支付申请\"]");
	begin();
	u.name = "广州建国医院分院";
	CU_ASSERT_EQUAL(tell_operator(NOTICE_OPERATOR_GRANTED, &about, business), ERR_OK);
	CU_ASSERT_EQUAL(strncmp(sms_text(), u.name, strlen(u.name)), 0);
	begin();
	u.certification = CERTIFICATION_EXPIRED;
	CU_ASSERT_EQUAL(tell_operator(NOTICE_OPERATOR_GRANTED, &about, business), ERR_OK);
	CU_ASSERT_EQUAL(strncmp(sms_text(), "有单位已授权", strlen("有单位已授权")), 0);
	begin();
	u = (struct unit){ .name = "x", .uscc = "no", .certification = CERTIFICATION_PASSED };
	CU_ASSERT_EQUAL(tell_operator(NOTICE_OPERATOR_GRANTED, &about, business), ERR_OK);
	CU_ASSERT_EQUAL(strncmp(sms_text(), "有单位已授权", strlen("有单位已授权")), 0);
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
	CU_ASSERT_EQUAL(tell_operator(NOTICE_APPLIED, &names, NULL), ERR_OK);
	unsigned calls = fake_sql.calls;

	for (unsigned nth = 1; nth <= calls; nth++) {
		begin();
		fake_sql.fail_at = nth;
		CU_ASSERT_EQUAL(tell_operator(NOTICE_APPLIED, &names, NULL), ERR_UNAVAILABLE);
		CU_ASSERT_EQUAL(fake_sql.committed, 0);
	}
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "an operator is told both ways", an_operator_is_told_both_ways },
		{ "a password never lies in a message", a_password_never_lies_in_a_message },
		{ "what a word says is not filled again", what_a_word_says_is_not_filled_again },
		{ "no word of a stranger goes into an SMS",
		    no_word_of_a_stranger_goes_into_an_sms },
		{ "a unit is named by SMS as the catalogue has it",
		    a_unit_is_named_by_sms_as_the_catalogue_has_it },
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
