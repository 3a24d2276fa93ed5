#include "handlers/site/routes.h"

#include "fcgi/base/array.h"
#include "fcgi/http/config.h"
#include "handlers/acceptance/acceptance.h"
#include "handlers/account/appeal.h"
#include "handlers/account/captcha.h"
#include "handlers/account/invitation.h"
#include "handlers/account/open.h"
#include "handlers/account/password.h"
#include "handlers/account/proof.h"
#include "handlers/account/registration.h"
#include "handlers/account/second_factor.h"
#include "handlers/account/security_record.h"
#include "handlers/account/session.h"
#include "handlers/admin/audit_check.h"
#include "handlers/admin/audit_trail.h"
#include "handlers/admin/catalogue.h"
#include "handlers/admin/failure.h"
#include "handlers/admin/publish.h"
#include "handlers/admin/staff.h"
#include "handlers/application/application.h"
#include "handlers/application/export.h"
#include "handlers/application/step.h"
#include "handlers/application/view.h"
#include "handlers/common/list.h"
#include "handlers/import/import.h"
#include "handlers/key/channel_key.h"
#include "handlers/key/credential.h"
#include "handlers/message/message.h"
#include "handlers/review/appeal.h"
#include "handlers/review/calendar.h"
#include "handlers/review/certified.h"
#include "handlers/review/claim.h"
#include "handlers/review/draft.h"
#include "handlers/review/opinion.h"
#include "handlers/review/queue_read.h"
#include "handlers/review/review.h"
#include "handlers/rules/form/acceptance_form.h"
#include "handlers/rules/form/account_form.h"
#include "handlers/rules/form/admin_form.h"
#include "handlers/rules/form/application_form.h"
#include "handlers/rules/form/certification_form.h"
#include "handlers/rules/form/key_form.h"
#include "handlers/rules/form/message_form.h"
#include "handlers/rules/form/operator_form.h"
#include "handlers/rules/form/review_form.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/sandbox/sandbox.h"
#include "handlers/selftest/selftest.h"
#include "handlers/sheet/sheet.h"
#include "handlers/sheet/verify.h"
#include "handlers/site/dictionaries.h"
#include "handlers/site/health.h"
#include "handlers/site/openapi.h"
#include "handlers/sms/code.h"
#include "handlers/sms/report.h"
#include "handlers/statistic/query.h"
#include "handlers/statistic/statistic.h"
#include "handlers/unit/operator.h"
#include "handlers/unit/unit.h"
#include "handlers/upload/upload.h"

#define V1 "/api/v1"
#define KIB ((size_t)1024)

/* who */
#define UNIT WHO(ROLE_UNIT)
#define OPERATOR WHO(ROLE_OPERATOR)
#define SIGNED_IN (UNIT | OPERATOR)
#define OFFICER WHO(ROLE_OFFICER)
#define SYSADMIN WHO(ROLE_SYSADMIN)
#define SECADMIN WHO(ROLE_SECADMIN)
#define AUDITOR WHO(ROLE_AUDITOR)
#define STAFF (OFFICER | SYSADMIN | SECADMIN | AUDITOR)

/* gates: reading and changing with a session; see fcgi/http/route.h and handlers/site/routes.h */
#define READ GATE_SESSION
#define WRITE (GATE_SESSION | GATE_CSRF)

/* GET /api/v1/openapi.json: the tables below, described. */
static const struct answer openapi_answer = ANSWER_FILE("application/json");

static enum err
openapi_public_show(struct req *q)
{
	return reply_json(q, 200,
	    export_openapi(&routes_public, "Jieru public site", q->config->cookie));
}

static enum err
openapi_review_show(struct req *q)
{
	return reply_json(q, 200,
	    export_openapi(&routes_review, "Jieru review site", q->config->cookie));
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers" /* few rows have a query */
/*
 * Every address of the two sites, who may use it, and what is checked first.
 * An address that stands in one table does not exist on the other site.
 */
/* clang-format off */
static const struct route public_rows[] = {
	/* method   path                  handler        who         gates                  body     per minute  form, answer, about, query */
	{ "GET",    V1 "/openapi.json",   openapi_public_show,  WHO_ANYONE, 0,                     0,       60,   NULL, &openapi_answer, "This description" },

	{ "GET",    V1 "/session",                     session_show,          WHO_ANYONE,  READ,                    0,        0,   NULL, &session_answer, "Who is signed in, and for whom" },
	{ "DELETE", V1 "/session",                     session_close,         WHO_ANYONE,  WRITE,                   0,        60,  NULL, &answer_nothing, "Sign out" },
	{ "POST",   V1 "/captchas",                    captcha_new,           WHO_ANYONE,  WRITE,                   64,       120, NULL, &captcha_answer, "A new 图形验证码" },
	{ "GET",    V1 "/captchas/{key}",              captcha_show,          WHO_ANYONE,  READ,                    0,        240, NULL, &captcha_picture_answer, "Its picture", .query = &captcha_query },
	{ "GET",    V1 "/captchas/{key}/audio",        captcha_play,          WHO_ANYONE,  READ,                    0,        120, NULL, &captcha_sound_answer, "Its characters, spoken" },
	{ "GET",    V1 "/site",                        site_show,             WHO_ANYONE,  0,                       0,        0,   NULL, &site_answer, "Texts of head and foot" },
	{ "PUT",    V1 "/session/password",            password_change,       SIGNED_IN,   WRITE,                   KIB,      30,  &password_change_form, &answer_nothing, "修改密码" },
	{ "GET",    V1 "/sessions",                    session_index,         SIGNED_IN,   READ,                    0,        60,  NULL, &sessions_answer, "Where one is signed in" },
	{ "DELETE", V1 "/sessions",                    session_end_others,    SIGNED_IN,   WRITE,                   0,        30,  NULL, &answer_nothing, "结束其他会话" },
	{ "DELETE", V1 "/sessions/{key}",              session_end_one,       SIGNED_IN,   WRITE,                   0,        60,  NULL, &answer_nothing, "结束" },
	{ "POST",   V1 "/session/unit",                login_unit,            WHO_ANYONE,  WRITE | GATE_CAPTCHA,    KIB,      60,  &login_unit_form, &session_answer, "单位登录" },
	{ "POST",   V1 "/session/operator",            login_operator,        WHO_ANYONE,  WRITE | GATE_CAPTCHA,    KIB,      60,  &login_operator_form, &session_answer, "经办人登录" },
	{ "POST",   V1 "/session/proof-code",          proof_code_send,       SIGNED_IN,   WRITE | GATE_CAPTCHA,    KIB,      30,  &proof_code_form, &sms_code_answer, "验证手机号: a code to one's own phone" },
	{ "POST",   V1 "/session/proof",               proof_check,           SIGNED_IN,   WRITE,                   KIB,      30,  &proof_form, &session_answer, "验证手机号: opens keys for ten minutes; the second step of a login where a unit demands it" },
	{ "GET",    V1 "/session/units",               session_units,         OPERATOR,    READ,                    0,        0,   NULL, &unit_choices_answer, "Units the operator is bound to" },
	{ "PUT",    V1 "/session/chosen-unit",         choose_unit,           OPERATOR,    WRITE,                   KIB,      60,  &choose_unit_form, &session_answer, "选择单位" },
	{ "GET",    V1 "/session/invitations",         own_invitations,       OPERATOR,    READ,                    0,        0,   NULL, &own_invitations_answer, "待接受的邀请 of the operator" },
	{ "POST",   V1 "/session/invitations/{id}/acceptance", own_invitation_accept, OPERATOR, WRITE,             64,       60,  NULL, &answer_nothing, "接受邀请" },
	{ "POST",   V1 "/session/invitations/{id}/refusal", own_invitation_refuse, OPERATOR, WRITE,                64,       60,  NULL, &answer_nothing, "拒绝邀请" },
	{ "POST",   V1 "/invitations",                 invitation_look,       WHO_ANYONE,  WRITE | GATE_CAPTCHA,    KIB,      30,  &invitation_look_form, &invitation_answer, "Who invites, by the code of the SMS" },
	{ "POST",   V1 "/invitations/acceptance",      invitation_accept,     WHO_ANYONE,  WRITE,                   2 * KIB,  30,  &invitation_accept_form, &answer_nothing, "接受邀请 by the code of the SMS" },
	{ "POST",   V1 "/invitations/refusal",         invitation_refuse,     WHO_ANYONE,  WRITE,                   KIB,      30,  &invitation_refuse_form, &answer_nothing, "拒绝邀请 by the code of the SMS" },
	{ "GET",    V1 "/session/institutions",        session_institutions,  SIGNED_IN,   READ | GATE_UNIT,        0,        0,   NULL, &institutions_answer, "Institutions of the unit" },
	{ "PUT",    V1 "/session/institution",         choose_institution,    SIGNED_IN,   WRITE | GATE_UNIT,       KIB,      60,  &choose_institution_form, &session_answer, "选择定点机构" },
	{ "GET",    V1 "/announcements",               announcement_index,    WHO_ANYONE,  0,                       0,        600, NULL, &announcements_answer, "公告 in force" },
	{ "GET",    V1 "/documents/{word}",            document_show,         WHO_ANYONE,  0,                       0,        120, NULL, &document_file_answer, "A template to download: application-letter, test-report, recording-notes" },
	{ "GET",    V1 "/dictionaries",                dictionaries_show,     WHO_ANYONE,  0,                       0,        600, NULL, &dictionaries_answer, "Choices of the forms, as they are kept" },
	{ "GET",    V1 "/regions",                     region_show,           WHO_ANYONE,  0,                       0,        600, NULL, &regions_answer, "医保区划 below one; provinces without", .query = &region_query },
	{ "POST",   V1 "/sms-codes",                   sms_code_send,         WHO_ANYONE,  WRITE | GATE_CAPTCHA | GATE_EFFORT, KIB,      30,  &sms_code_form, &sms_code_answer, "发送短信验证码" },
	{ "POST",   V1 "/registration/unit",           registration_unit,     WHO_ANYONE,  WRITE | GATE_CAPTCHA,    8 * KIB,  30,  &register_unit_form, &registration_answer, "单位注册: 单位信息录入" },
	{ "POST",   V1 "/registration",                registration_finish,   WHO_ANYONE,  WRITE | GATE_ONCE,       32 * KIB, 30,  &register_operator_form, &registered_answer, "单位注册: 经办人信息" },
	{ "POST",   V1 "/appeals",                     appeal_make,           WHO_ANYONE,  WRITE | GATE_ONCE,       4 * KIB,  30,  &appeal_form, &appealed_answer, "申诉: somebody else registered our code" },
	{ "POST",   V1 "/appeals/licence",             appeal_licence,        WHO_ANYONE,  WRITE,                   APPEAL_LICENCE_MAX, 30, NULL, &answer_nothing, "申诉: the 营业执照 is the body", .query = &file_query },
	{ "POST",   V1 "/password-reset",              password_reset_begin,  WHO_ANYONE,  WRITE | GATE_CAPTCHA,    KIB,      30,  &password_reset_account_form, &password_reset_answer, "找回密码: 填写账号" },
	{ "PUT",    V1 "/password-reset",              password_reset_finish, WHO_ANYONE,  WRITE,                   8 * KIB,  30,  &password_reset_form, &answer_nothing, "找回密码: 身份验证" },
	{ "PUT",    V1 "/password-reset/operator",     password_reset_operator, WHO_ANYONE, WRITE,                  2 * KIB,  30,  &operator_reset_form, &answer_nothing, "经办人找回密码, by his own phone" },
	{ "GET",    V1 "/unit",                        unit_show,             SIGNED_IN,   READ | GATE_UNIT,        0,        0,   NULL, &own_unit_answer, "单位信息 and what to do next" },
	{ "POST",   V1 "/unit/certification",          certification_run,     UNIT,        WRITE,                   KIB,      30,  &certification_form, &certified_answer, "资质认证" },
	{ "PUT",    V1 "/unit/security",               unit_security,         UNIT,        WRITE | GATE_PROOF,      KIB,      30,  &unit_security_form, &unit_security_answer, "安全设置: a second step of every login" },
	{ "GET",    V1 "/operators",                   operator_list,         UNIT,        READ,                    0,        0,   NULL, &operators_answer, "单位经办人" },
	{ "POST",   V1 "/operators",                   operator_add,          UNIT,        WRITE | GATE_ONCE,       4 * KIB,  30,  &operator_add_form, &operator_added_answer, "新增经办人: an invitation" },
	{ "GET",    V1 "/operator-invitations",       operator_invitations,  UNIT,        READ,                    0,        0,   NULL, &operators_invited_answer, "待接受的邀请 of the unit" },
	{ "POST",   V1 "/operator-invitations/{id}/sms", operator_invite_again, UNIT,     WRITE,                   64,       30,  NULL, &answer_nothing, "重新发送邀请短信" },
	{ "DELETE", V1 "/operator-invitations/{id}",  operator_withdraw,     UNIT,        WRITE,                   0,        30,  NULL, &answer_nothing, "撤回邀请" },
	{ "PUT",    V1 "/operators/{id}/grants",       operator_grants,       UNIT,        WRITE,                   KIB,      120, &grants_form, &operator_grants_answer, "权限" },
	{ "POST",   V1 "/operators/{id}/transfer",     operator_transfer,     UNIT,        WRITE,                   KIB,      60,  &transfer_form, &operator_transfer_answer, "移交业务" },
	{ "POST",   V1 "/operators/{id}/password",     operator_reset,        UNIT,        WRITE,                   64,       10,  NULL, &answer_nothing, "重置密码" },
	{ "POST",   V1 "/operators/{id}/password-request", operator_ask_reset, UNIT,       WRITE,                   64,       10,  NULL, &answer_nothing, "提醒重设密码" },
	{ "DELETE", V1 "/operators/{id}",              operator_delete,       UNIT,        WRITE,                   0,        30,  NULL, &answer_nothing, "删除 (解绑)" },

	{ "OPTIONS",V1 "/uploads",                     upload_options,        WHO_ANYONE,  0,                       0,        60,  NULL, &answer_nothing, "What the upload protocol offers (tus 1.0.0)" },
	{ "POST",   V1 "/uploads",                     upload_create,         SIGNED_IN,   WRITE | GATE_UNIT,       UPLOAD_PIECE_MAX, 300, NULL, &answer_nothing, "Begin an upload; a body is its first bytes" },
	{ "HEAD",   V1 "/uploads/{key}",               upload_head,           SIGNED_IN,   READ | GATE_UNIT,        0,        600, NULL, &answer_nothing, "How far it has come" },
	{ "PATCH",  V1 "/uploads/{key}",               upload_append,         SIGNED_IN,   WRITE | GATE_UNIT,       UPLOAD_PIECE_MAX, 6000, NULL, &answer_nothing, "The next bytes" },
	{ "DELETE", V1 "/uploads/{key}",               upload_end,            SIGNED_IN,   WRITE | GATE_UNIT,       0,        60,  NULL, &answer_nothing, "Give an unfinished upload up" },
	{ "GET",    V1 "/uploads/{key}",               upload_show,           SIGNED_IN,   READ | GATE_UNIT,        0,        0,   NULL, &upload_answer, "What is known of a file" },
	{ "GET",    V1 "/uploads/{key}/content",       upload_content,        SIGNED_IN,   READ | GATE_UNIT,        0,        0,   NULL, &upload_content_answer, "The file", .query = &content_query },

	{ "GET",    V1 "/security-records",            security_record_index, SIGNED_IN,   READ,                    0,        60,  NULL, &security_records_answer, "安全记录: logins, failures, resets, bindings, reveals", .query = &security_record_query },
	{ "GET",    V1 "/messages",                    message_index,         SIGNED_IN,   READ,                    0,        0,   NULL, &messages_answer, "站内消息", .query = &message_query },
	{ "POST",   V1 "/messages/read",               message_mark_read,     SIGNED_IN,   WRITE,                   KIB,      60,  &message_form, &answer_nothing, "Mark one as read, or all" },
	{ "PUT",    V1 "/messages/sms",                message_sms_switch,    OPERATOR,    WRITE,                   KIB,      60,  &message_sms_form, &message_sms_answer, "Notices by SMS: on or off" },
	{ "GET",      V1 "/official-channels",                     official_channel_index, WHO_ANYONE,  0,                       0,        600, NULL, &official_channels_answer, "官方渠道", .query = &official_channel_query },
	{ "GET",      V1 "/existing-apps",                         existing_app_index,    OPERATOR,    READ | GATE_GRANT,       0,        0,   NULL, &existing_apps_answer, "自有渠道（已有） of the institution chosen" },
	{ "GET",      V1 "/applications",                          application_index,     SIGNED_IN,   READ | GATE_GRANT,       0,        0,   NULL, &applications_answer, "申请单, newest first", .query = &applications_query },
	{ "GET",      V1 "/applications/export",                   application_export,    SIGNED_IN,   READ | GATE_GRANT,       0,        20,  NULL, &export_answer, "导出 of the list; 202 beyond 5,000 rows", .query = &application_export_query },
	{ "GET",      V1 "/exports/{key}",                         export_download,       SIGNED_IN,   READ | GATE_GRANT,       0,        60,  NULL, &export_file_answer, "A file of 导出 that a job made" },
	{ "POST",     V1 "/applications",                          application_create,    OPERATOR,    WRITE | GATE_GRANT | GATE_ONCE, 16 * KIB, 60,  &application_form, &application_created_answer, "新建申请单: a draft" },
	{ "GET",      V1 "/applications/{key}",                    application_show,      SIGNED_IN,   READ | GATE_GRANT,       0,        0,   NULL, &application_answer, "申请单详情" },
	{ "PUT",      V1 "/applications/{key}",                    application_save,      OPERATOR,    WRITE | GATE_GRANT,      16 * KIB, 120, &application_form, &saved_answer, "保存" },
	{ "DELETE",   V1 "/applications/{key}",                    application_remove,    OPERATOR,    WRITE | GATE_GRANT,      0,        60,  NULL, &answer_nothing, "Delete a draft" },
	{ "POST",     V1 "/applications/{key}/submission",         application_submit,    OPERATOR,    WRITE | GATE_GRANT,      KIB,      60,  &submission_form, &step_answer, "提交" },
	{ "POST",     V1 "/applications/{key}/discard",            application_discard,   OPERATOR,    WRITE | GATE_GRANT,      4 * KIB,  60,  &discard_form, &step_answer, "弃用" },
	{ "PUT",      V1 "/applications/{key}/acceptance",         acceptance_save,       OPERATOR,    WRITE | GATE_GRANT,      16 * KIB, 120, &acceptance_form, &saved_answer, "验收单: 保存" },
	{ "POST",     V1 "/applications/{key}/acceptance/submission", acceptance_submit,     OPERATOR,    WRITE | GATE_GRANT,      KIB,      60,  &submission_form, &step_answer, "验收单: 提交审核" },
	{ "GET",      V1 "/applications/{key}/sheets/{word}/{word}.pdf", sheet_show,            SIGNED_IN,   READ | GATE_GRANT | GATE_PROOF | GATE_KEYS,     0,        60,  NULL, &sheet_file_answer, "反馈单 as PDF: test or formal, payment or identity" },
	{ "GET",      V1 "/applications/{key}/sheets/{word}",      sheet_values,          SIGNED_IN,   READ | GATE_GRANT | GATE_KEYS, 0,  60,  NULL, &sheet_values_answer, "The payment 反馈单 on screen, its secrets hidden: test or formal" },
	{ "POST",     V1 "/applications/{key}/sheets/{word}/reveal", sheet_reveal,        SIGNED_IN,   WRITE | GATE_GRANT | GATE_PROOF | GATE_KEYS, KIB, 60, &key_reveal_form, &sheet_secret_answer, "查看: one of its secrets; audited" },
	{ "GET",      V1 "/applications/{key}/channel-key",        channel_key_show,      OPERATOR,    READ | GATE_GRANT,       0,        60,  NULL, &channel_keys_answer, "A challenge for 上报渠道公钥" },
	{ "POST",     V1 "/applications/{key}/channel-key",        channel_key_report,    OPERATOR,    WRITE | GATE_GRANT | GATE_PROOF,      32 * KIB,  30,  &channel_key_form, &channel_key_answer, "上报渠道公钥" },
	{ "POST",     V1 "/applications/{key}/selftest",           selftest_run,             OPERATOR,    WRITE | GATE_GRANT | GATE_KEYS,    32 * KIB, 30,  &selftest_form, &diagnosis_answer, "联调自测: what is wrong with an envelope" },
	{ "GET",      V1 "/verify/key",                            verify_key_show,       WHO_ANYONE,  0,                       0,        600, NULL, &verify_key_answer, "The public key sheets are signed with" },
	{ "GET",      V1 "/verify/{key}",                          verify_show,           WHO_ANYONE,  0,                       0,        60,  NULL, &standing_answer, "反馈单核验 by number: 有效, 已作废 or 查无此单" },
	{ "POST",     V1 "/verify",                                verify_file,           WHO_ANYONE,  0,                       VERIFY_FILE_MAX, 30, NULL, &standing_answer, "反馈单核验 of the PDF that is the body" },
	{ "POST",     V1 "/sandbox/{word}",                        sandbox_call,          WHO_ANYONE,  GATE_KEYS,                       16 * KIB, 120, NULL, &sandbox_reply_answer, "Test environment: order-create, order-query or refund, as an envelope" },
	{ "GET",      V1 "/sandbox",                               sandbox_show,          WHO_ANYONE,  0,                       0,        60,  NULL, &sandbox_guide_answer, "联调说明: services, fields, codes, mistakes, code samples" },
};

static const struct route review_rows[] = {
	{ "GET",    V1 "/openapi.json",   openapi_review_show,  WHO_ANYONE, 0,                     0,       60,   NULL, &openapi_answer, "This description" },
	{ "GET",    "/healthz",           health_show,   WHO_ANYONE, 0,                     0,       0,    NULL, &health_answer, "Is this process alive" },
	{ "GET",    "/readyz",            ready_show,    WHO_ANYONE, 0,                     0,       0,    NULL, &ready_answer, "Are its database, Redis and store there" },
	{ "GET",    "/metrics",           metrics_show,  WHO_ANYONE, 0,                     0,       0,    NULL, &metrics_answer, "Counters for Prometheus" },
	{ "GET",    V1 "/sms-reports/{key}", sms_report_take, WHO_ANYONE, 0,                0,       0,    NULL, &answer_nothing, "The SMS gateway tells what became of a message", .query = &sms_report_query },

	{ "GET",    V1 "/session",                     session_show,          WHO_ANYONE,  READ,                    0,        0,   NULL, &session_answer, "Who is signed in, and for whom" },
	{ "DELETE", V1 "/session",                     session_close,         WHO_ANYONE,  WRITE,                   0,        60,  NULL, &answer_nothing, "Sign out" },
	{ "POST",   V1 "/captchas",                    captcha_new,           WHO_ANYONE,  WRITE,                   64,       120, NULL, &captcha_answer, "A new 图形验证码" },
	{ "GET",    V1 "/captchas/{key}",              captcha_show,          WHO_ANYONE,  READ,                    0,        240, NULL, &captcha_picture_answer, "Its picture", .query = &captcha_query },
	{ "GET",    V1 "/captchas/{key}/audio",        captcha_play,          WHO_ANYONE,  READ,                    0,        120, NULL, &captcha_sound_answer, "Its characters, spoken" },
	{ "GET",    V1 "/site",                        site_show,             WHO_ANYONE,  0,                       0,        0,   NULL, &site_answer, "Texts of head and foot" },
	{ "PUT",    V1 "/session/password",            password_change,       STAFF,       WRITE,                   KIB,      30,  &password_change_form, &answer_nothing, "修改密码" },
	{ "POST",   V1 "/session/officer",             login_officer,         WHO_ANYONE,  WRITE | GATE_CAPTCHA,    KIB,      60,  &login_officer_form, &session_answer, "审核人员登录" },

	{ "GET",    V1 "/sessions",                    session_index,         STAFF,       READ,                    0,        60,  NULL, &sessions_answer, "Where one is signed in" },
	{ "DELETE", V1 "/sessions",                    session_end_others,    STAFF,       WRITE,                   0,        30,  NULL, &answer_nothing, "结束其他会话" },
	{ "DELETE", V1 "/sessions/{key}",              session_end_one,       STAFF,       WRITE,                   0,        60,  NULL, &answer_nothing, "结束" },
	{ "POST",   V1 "/session/totp-secret",         totp_secret_new,       STAFF,       WRITE,                   64,       30,  NULL, &totp_secret_answer, "A new secret for an authenticator" },
	{ "POST",   V1 "/session/totp",                totp_check,            STAFF,       WRITE,                   KIB,      30,  &totp_form, &session_answer, "动态口令" },

	{ "GET",    V1 "/dictionaries",                dictionaries_show,     WHO_ANYONE,  0,                       0,        600, NULL, &dictionaries_answer, "Choices of the forms, as they are kept" },
	{ "GET",    V1 "/regions",                     region_show,           STAFF,       READ,                    0,        600, NULL, &regions_answer, "医保区划 below one; provinces without", .query = &region_query },
	{ "GET",    V1 "/uploads/{key}",               upload_show,           OFFICER,     READ,                    0,        0,   NULL, &upload_answer, "What is known of a file" },
	{ "GET",    V1 "/uploads/{key}/content",       upload_content,        OFFICER,     READ,                    0,        0,   NULL, &upload_content_answer, "The file", .query = &content_query },
	{ "GET",    V1 "/security-records",            security_record_index, STAFF,       READ,                    0,        60,  NULL, &security_records_answer, "安全记录: logins, failures, resets, bindings, reveals", .query = &security_record_query },
	{ "GET",    V1 "/messages",                    message_index,         STAFF,       READ,                    0,        0,   NULL, &messages_answer, "站内消息", .query = &message_query },
	{ "POST",   V1 "/messages/read",               message_mark_read,     STAFF,       WRITE,                   KIB,      60,  &message_form, &answer_nothing, "Mark one as read, or all" },
	{ "GET",      V1 "/queue",                                 review_queue,          OFFICER,     READ,                    0,        0,   NULL, &queue_answer, "The bureau's list", .query = &queue_query },
	{ "GET",      V1 "/queue/counts",                          review_queue_counts,   OFFICER,     READ,                    0,        0,   NULL, &queue_counts_answer, "How much is in each list; none counted beyond 100" },
	{ "GET",      V1 "/statistics",                            statistics_show,       OFFICER,     READ,                    0,        0,   NULL, &statistics_answer, "统计 of the bureau's region or one below", .query = &statistic_query },
	{ "GET",      V1 "/statistics/export",                     statistics_export,     OFFICER,     READ,                    0,        20,  NULL, &statistics_export_answer, "The same as .xlsx, with each region below by month", .query = &statistic_query },
	{ "GET",      V1 "/calendar",                              calendar_show,         OFFICER | WHO(ROLE_SYSADMIN), READ,   0,        0,   NULL, &calendar_answer, "工作日历 of a year, and 办理时限", .query = &calendar_query },
	{ "PUT",      V1 "/calendar/days/{id}",                    calendar_day_put,      OFFICER | WHO(ROLE_SYSADMIN), WRITE,  KIB,      240, &calendar_day_form, &calendar_day_answer, "A holiday, or a weekend worked on; id is yyyymmdd" },
	{ "DELETE",   V1 "/calendar/days/{id}",                    calendar_day_remove,   OFFICER | WHO(ROLE_SYSADMIN), WRITE,  0,        240, NULL, &answer_nothing, "A day like any other again" },
	{ "PUT",      V1 "/calendar/targets",                      calendar_target_put,   OFFICER | WHO(ROLE_SYSADMIN), WRITE,  KIB,      60,  &desk_target_form, &desk_target_set_answer, "办理时限 of a desk" },
	{ "GET",      V1 "/applications/{key}",                    review_show,           OFFICER,     READ,                    0,        0,   NULL, &application_answer, "申请单详情, as filed" },
	{ "PUT",      V1 "/applications/{key}/claim",              claim_take,            OFFICER,     WRITE,                   KIB,      120, &claim_form, &claimed_answer, "领取; with a reason also from a colleague" },
	{ "DELETE",   V1 "/applications/{key}/claim",              claim_release,         OFFICER,     WRITE,                   0,        120, NULL, &answer_nothing, "Give it back to the list" },
	{ "POST",     V1 "/applications/{key}/decision",           review_decide,         OFFICER,     WRITE,                   4 * KIB,  120, &decision_form, &step_answer, "通过 or 驳回" },
	{ "PUT",      V1 "/applications/{key}/draft",              draft_save,            OFFICER,     WRITE,                   4 * KIB,  600, &draft_form, &answer_nothing, "The opinion so far" },
	{ "POST",     V1 "/applications/{key}/pins",               pin_add,               OFFICER,     WRITE | GATE_ONCE,       4 * KIB,  240, &pin_form, &pin_answer, "批注 on a field, a page or a second: a draft" },
	{ "PUT",      V1 "/applications/{key}/pins/{id}",          pin_change,            OFFICER,     WRITE,                   4 * KIB,  240, &pin_form, &pin_answer, "What a 批注 says, while it is a draft" },
	{ "DELETE",   V1 "/applications/{key}/pins/{id}",          pin_remove,            OFFICER,     WRITE,                   0,        240, NULL, &answer_nothing, "A 批注 less, while it is a draft" },
	{ "POST",     V1 "/decisions",                             review_batch,          OFFICER,     WRITE | GATE_ONCE,       16 * KIB, 30,  &batch_form, &batch_answer, "The same decision for up to 100 applications; a result for each" },
	{ "GET",      V1 "/opinion-templates",                     opinion_index,         OFFICER,     READ,                    0,        0,   NULL, &opinions_answer, "常用意见 of the bureau, and the nation's" },
	{ "POST",     V1 "/opinion-templates",                     opinion_add,           OFFICER,     WRITE | GATE_ONCE,       4 * KIB,  60,  &opinion_template_form, &kept_answer, "新增常用意见" },
	{ "PUT",      V1 "/opinion-templates/{id}",                opinion_change,        OFFICER,     WRITE,                   4 * KIB,  60,  &opinion_template_form, &kept_answer, "修改常用意见" },
	{ "DELETE",   V1 "/opinion-templates/{id}",                opinion_remove,        OFFICER,     WRITE,                   0,        60,  NULL, &answer_nothing, "删除常用意见" },
	{ "GET",      V1 "/queue/filters",                         saved_filter_index,    OFFICER,     READ,                    0,        0,   NULL, &saved_filters_answer, "常用筛选 of this officer" },
	{ "POST",     V1 "/queue/filters",                         saved_filter_add,      OFFICER,     WRITE | GATE_ONCE,       2 * KIB,  60,  &saved_filter_form, &kept_answer, "保存为常用筛选" },
	{ "DELETE",   V1 "/queue/filters/{id}",                    saved_filter_remove,   OFFICER,     WRITE,                   0,        60,  NULL, &answer_nothing, "删除常用筛选" },
	{ "GET",    V1 "/certifications",              certification_queue,   OFFICER,     READ,                    0,        0,   NULL, &certifications_answer, "人工认证", .query = &certification_query },
	{ "GET",    V1 "/certifications/{id}",         certification_show,    OFFICER,     READ,                    0,        0,   NULL, &certification_answer, "A unit that asked for 人工认证" },
	{ "POST",   V1 "/certifications/{id}/decision", certification_decide, OFFICER,     WRITE,                   4 * KIB,  120, &confirmation_form, &certification_decided_answer, "确认 or 不予确认" },
	{ "GET",    V1 "/appeals",                     appeal_index,          OFFICER,     READ,                    0,        0,   NULL, &appeals_answer, "申诉", .query = &appeal_query },
	{ "GET",    V1 "/appeals/{id}",                appeal_show,           OFFICER,     READ,                    0,        0,   NULL, &appeal_answer, "Who appeals, and who holds the code" },
	{ "POST",   V1 "/appeals/{id}/ruling",         appeal_rule,           OFFICER,     WRITE,                   4 * KIB,  120, &ruling_form, &appeal_ruled_answer, "申诉成立 or 不成立" },
	{ "GET",    V1 "/units",                       certified_index,       OFFICER,     READ,                    0,        120, NULL, &certified_units_answer, "Certified units of the region", .query = &certified_query },
	{ "GET",    V1 "/units/{id}",                  certified_show,        OFFICER,     READ,                    0,        0,   NULL, &certified_unit_answer, "One of them" },
	{ "POST",   V1 "/units/{id}/revocation",       certified_revoke,      OFFICER,     WRITE,                   4 * KIB,  60,  &certification_revocation_form, &answer_nothing, "撤销认证" },

#define CATALOGUE(name, NAME, path, title, about, search, readers, writers) \
	{ "GET",    V1 "/catalogues/" path,            catalogue_index,       readers,     READ,                    0,        0,   NULL, &name##_rows_answer, title, .query = &search_query }, \
	{ "POST",   V1 "/catalogues/" path,            catalogue_add,         writers,     WRITE,                   16 * KIB, 60,  &name##_row_form, &row_added_answer, title ": a new row" }, \
	{ "GET",    V1 "/catalogues/" path "/{id}",    catalogue_show,        readers,     READ,                    0,        0,   NULL, &name##_row_answer, title ": one row" }, \
	{ "PUT",    V1 "/catalogues/" path "/{id}",    catalogue_change,      writers,     WRITE,                   16 * KIB, 60,  &name##_row_form, &row_changed_answer, title ": changed" },
#include "handlers/rules/table/catalogue.def"
#undef CATALOGUE
	{ "GET",    V1 "/documents",                   document_index,        SYSADMIN,    READ,                    0,        0,   NULL, &documents_answer, "Templates and their versions" },
	{ "GET",    V1 "/documents/{word}",            document_show,         SYSADMIN,    READ,                    0,        60,  NULL, &document_file_answer, "The newest uploaded version" },
	{ "POST",   V1 "/documents/{word}",            document_upload,       SYSADMIN,    WRITE,                   DOCUMENT_MAX, 30, NULL, &document_added_answer, "A new version", .query = &file_query },
	{ "GET",    V1 "/failures/jobs",               failure_jobs_index,    SYSADMIN,    READ,                    0,        0,   NULL, &failed_jobs_answer, "Background work that failed", .query = &page_query },
	{ "POST",   V1 "/failures/jobs/{id}/retry",    failure_job_retry,     SYSADMIN,    WRITE,                   64,       60,  NULL, &answer_nothing, "Try it again now" },
	{ "POST",   V1 "/failures/jobs/{id}/end",      failure_job_end,       SYSADMIN,    WRITE,                   64,       60,  NULL, &answer_nothing, "Give it up" },
	{ "GET",    V1 "/failures/sms",                failure_sms_index,     SYSADMIN,    READ,                    0,        0,   NULL, &failed_sms_page_answer, "SMS that failed", .query = &page_query },
	{ "POST",   V1 "/failures/sms/{id}/retry",     failure_sms_retry,     SYSADMIN,    WRITE,                   64,       60,  NULL, &answer_nothing, "Send it again" },
	{ "GET",    V1 "/imports",                     import_index,          SYSADMIN,    READ,                    0,        0,   NULL, &imports_answer, "Files of the institution catalogue" },
	{ "POST",   V1 "/imports",                     import_upload,         SYSADMIN,    WRITE,                   IMPORT_FILE_MAX, 30, NULL, &row_added_answer, "A file to be looked at, CSV or .xlsx", .query = &file_query },
	{ "GET",    V1 "/import-template",             import_template,       SYSADMIN,    READ,                    0,        60,  NULL, &import_template_answer, "An empty table with the titles, .xlsx" },
	{ "GET",    V1 "/imports/{id}",                import_show,           SYSADMIN,    READ,                    0,        0,   NULL, &import_answer, "What was found, with its bad rows", .query = &page_query },
	{ "GET",    V1 "/imports/{id}/missing",        import_missing_index,  SYSADMIN,    READ,                    0,        0,   NULL, &import_missing_answer, "Who is in the catalogue for the file's regions and not in the file", .query = &page_query },
	{ "POST",   V1 "/imports/{id}/run",            import_run_ask,        SYSADMIN,    WRITE,                   KIB,      30,  &import_run_form, &row_added_answer, "Take the good rows over; ends those that are missing when asked to" },
	{ "GET",    V1 "/audit",                       audit_index,           AUDITOR,     READ,                    0,        120, NULL, &audit_rows_answer, "The trail", .query = &audit_query },
	{ "GET",    V1 "/audit/export",                audit_export,          AUDITOR,     READ,                    0,        10,  NULL, &audit_export_answer, "The same as .xlsx", .query = &audit_query },
	{ "GET",    V1 "/audit/checks",                audit_checks_show,     AUDITOR,     READ,                    0,        0,   NULL, &audit_checks_answer, "What checks of its chains found" },
	{ "POST",   V1 "/audit/checks",                audit_check_ask,       AUDITOR,     WRITE,                   64,       10,  NULL, &audit_check_asked_answer, "Check them now, by a job" },
	{ "GET",    V1 "/staff",                       staff_index,           SECADMIN,    READ,                    0,        0,   NULL, &staff_rows_answer, "Accounts of the staff", .query = &staff_query },
	{ "POST",   V1 "/staff",                       staff_ask_create,      SECADMIN,    WRITE | GATE_ONCE,       2 * KIB,  30,  &staff_add_form, &row_added_answer, "Ask for a new account; another 安全管理员 confirms it" },
	{ "GET",    V1 "/staff/{id}",                  staff_show,            SECADMIN,    READ,                    0,        0,   NULL, &staff_row_answer, "One account" },
	{ "PUT",    V1 "/staff/{id}",                  staff_ask_change,      SECADMIN,    WRITE,                   2 * KIB,  60,  &staff_change_form, &row_added_answer, "Ask for another name, phone, role, bureau, scope or permission" },
	{ "PUT",    V1 "/staff/{id}/disabled",         staff_disable_set,     SECADMIN,    WRITE,                   KIB,      60,  &staff_disable_form, &answer_nothing, "停用, at once" },
	{ "POST",   V1 "/staff/{id}/enabling",         staff_ask_enable,      SECADMIN,    WRITE,                   KIB,      30,  &staff_reason_form, &row_added_answer, "Ask for 启用" },
	{ "POST",   V1 "/staff/{id}/password",         staff_ask_password,    SECADMIN,    WRITE,                   KIB,      30,  &staff_reason_form, &row_added_answer, "Ask for 重置密码; it goes to the officer's phone" },
	{ "POST",   V1 "/staff/{id}/totp-removal",     staff_ask_totp,        SECADMIN,    WRITE,                   KIB,      30,  &staff_reason_form, &row_added_answer, "Ask for 解除动态口令" },
	{ "GET",    V1 "/staff-requests",              staff_request_index,   SECADMIN,    READ,                    0,        0,   NULL, &staff_requests_answer, "待复核", .query = &staff_request_query },
	{ "GET",    V1 "/staff-requests/count",        staff_request_count,   SECADMIN,    READ,                    0,        0,   NULL, &staff_request_count_answer, "How many wait for this 安全管理员" },
	{ "POST",   V1 "/staff-requests/{id}/decision", staff_request_decide, SECADMIN,    WRITE,                   KIB,      60,  &staff_verdict_form, &answer_nothing, "确认 or 不同意, by another person than who asked" },
	{ "POST",   V1 "/staff-requests/{id}/withdrawal", staff_request_withdraw, SECADMIN, WRITE,                  64,       60,  NULL, &answer_nothing, "撤回, by who asked" },

	{ "GET",      V1 "/applications/{key}/credentials",        credential_index,      OFFICER,     READ,                    0,        0,   NULL, &credentials_answer, "Keys issued: when, how long they are good, which sheets" },
	{ "POST",     V1 "/applications/{key}/credentials/{word}/revocation", credential_revoke, OFFICER, WRITE,                  2 * KIB,  60,  &revocation_form, &credentials_answer, "作废: they end at once (the national bureau)" },
	{ "POST",     V1 "/applications/{key}/credentials/{word}/reissue", credential_reissue, OFFICER, WRITE,                  2 * KIB,  60,  &reissue_form, &credentials_answer, "换发: others take their place (the national bureau)" },
	{ "POST",     V1 "/applications/{key}/reveal",             review_reveal,         OFFICER,     WRITE,                   KIB,      60,  &reveal_form, &revealed_answer, "查看完整号码; audited" },
};
/* clang-format on */
#pragma GCC diagnostic pop

const struct route_table routes_public = { public_rows, COUNT(public_rows) };
const struct route_table routes_review = { review_rows, COUNT(review_rows) };
