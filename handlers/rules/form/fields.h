#ifndef HANDLERS_RULES_FORM_FIELDS_H
#define HANDLERS_RULES_FORM_FIELDS_H

/*
 * What several forms say in the same words: the rest of a FIELD() after its
 * label. One place for the length of a name, the hint of a phone.
 */
/* clang-format off */
#define PERSON_NAME	.min = 2, .max = 50, .pii = true
#define ID_TYPE_FIELD	.min = 1, .max = 20, .choices = id_type_choices, .control = "select", \
			.dictionary = "id_type"
#define ID_NO_FIELD	.min = 5, .max = 20, .pii = true, \
			.hint = "请按所选证件类型填写完整的证件号码"
#define MOBILE_FIELD	.min = 11, .max = 11, .pii = true, .format = &format_mobile, .control = "tel", \
			.hint = "请填写 11 位手机号"
#define DATE_FIELD	.min = 10, .max = 10, .format = &format_date, .control = "date"
#define USCC_FIELD	.min = 18, .max = 18, .format = &format_uscc, \
			.hint = "请填写 18 位统一社会信用代码，字母大写"
#define NEW_PASSWORD	.min = 8, .max = 16, .secret = true, .pii = true, .control = "password", \
			.autocomplete = "new-password", .format = &format_password, \
			.hint = "请设置 8 至 16 位密码，须同时含字母和数字，且不要使用常见密码"
#define AGAIN_PASSWORD	.min = 1, .max = 64, .secret = true, .pii = true, .control = "password", \
			.autocomplete = "new-password", .hint = "请再输入一次密码，两次须一致"
#define OLD_PASSWORD	.min = 1, .max = 64, .secret = true, .pii = true, .control = "password", \
			.autocomplete = "current-password"
#define SMS_CODE_FIELD	.min = 6, .max = 11, .pattern = "([0-9] ?){6}", \
			.autocomplete = "one-time-code", .hint = "请填写短信中的 6 位数字"
#define CAPTCHA_ID_FIELD .min = 32, .max = 32, .pattern = "[0-9a-f]{32}", .control = "hidden", \
			.hint = "请刷新图形验证码后重试"
#define CAPTCHA_FIELD	.min = 1, .max = 10, .autocomplete = "off", \
			.hint = "请填写图中的 4 位字符"
/* clang-format on */

/* The two fields of a form behind GATE_CAPTCHA, which has used them up before the form is read. */
#define CAPTCHA_FIELDS(type)                                                                       \
	FIELD(type, captcha_id, .label = "图形验证码编号", .required = true, CAPTCHA_ID_FIELD),    \
	    FIELD(type, captcha, .label = "图形验证码", .required = true, CAPTCHA_FIELD)

#endif
