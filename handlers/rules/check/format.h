#ifndef HANDLERS_RULES_CHECK_FORMAT_H
#define HANDLERS_RULES_CHECK_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/form.h"

/*
 * What a pattern cannot say: check digits, real dates and the like, by name
 * (N-1 … N-15; ). web/shared/formats.ts has a
 * function of each name, and tests/vectors/formats.json holds the two together.
 *
 * Everything here is pure: no clock, no locale. Texts are NUL-terminated and
 * never NULL. A check accepts what people may type for the one stored form:
 * letters in either case, a mobile number with spaces or 86 in front. The
 * format's normalise() makes the stored form, which form_read() applies.
 */
/* clang-format off */
extern const struct format format_uscc;			/* 统一社会信用代码; kept upper case */
extern const struct format format_institution_code;	/* 定点医药机构编码; kept upper case */
extern const struct format format_order_no;		/* 移动支付订单号; kept upper case */
extern const struct format format_auth_code;		/* 电子凭证授权码, a UUID; kept lower case */
extern const struct format format_application_number;	/* 申请单号, 32 lower-case hex */
extern const struct format format_date;			/* yyyy-MM-dd, year 1800 or later */
extern const struct format format_mobile;		/* kept as 11 digits */
extern const struct format format_contact_phone;	/* mobile (as above), landline, 400, 800 */
extern const struct format format_postcode;		/* six digits */
extern const struct format format_email;		/* ASCII, at most 100 characters */
extern const struct format format_unit_name;		/* name_is_plain() of name.h */
extern const struct format format_account;		/* 单位账号; kept as typed, unique ignoring case */
extern const struct format format_password;		/* A-02; whether it equals the account is the
							   caller's, who knows the account */
/* clang-format on */

/* 证件类型 of id_type.def, for a field's choices. */
extern const struct choice id_type_choices[];
/* Their codes, as `words` of an answer's rows: nobody adds to them while the program runs. */
extern const char id_type_words[];

/* Its check and stored form; NULL when there is no such type. */
const struct format *id_type_format(const char *type);

/*
 * Is text a number of that type, in any case? false for a type that does not
 * exist. The type is another field, so no row can name this check: handlers
 * call it after form_read() and keep format_upper() of the text.
 */
bool id_number_valid(const char *type, const char *text);

/*
 * Are a and b, both valid and in any case, the number of one person? A renewed
 * 港澳居民来往内地通行证 keeps only its first nine characters; all others are
 * compared whole.
 */
bool id_number_same(const char *type, const char *a, const char *b);

/*
 * Was the holder of this 居民身份证 born on or before the day yyyymmdd? false
 * also when the number is none. Today is date_of(q->now).
 */
bool id_card_born_by(const char *text, int64_t yyyymmdd);

/*
 * When a 移动支付订单号 says it was made, in Unix seconds: it carries the wall
 * time of Asia/Shanghai. false, ret untouched: not an order number. The
 * three-day rule is the caller's, who has the clock.
 */
bool order_no_time(const char *text, int64_t *ret_unix);

#define MOBILE_SIZE 12        /* 11 digits and the NUL */
#define CONTACT_PHONE_SIZE 21 /* 0ddd-dddddddd-dddddd and the NUL */

/* "+86 138 0013 8000" -> "13800138000". false, ret untouched: not a mobile number. */
bool mobile_normalise(const char *text, char ret[MOBILE_SIZE]);

/* A mobile number as above, any other contact phone as typed. false, ret untouched: neither. */
bool contact_phone_normalise(const char *text, char ret[CONTACT_PHONE_SIZE]);

/* ASCII letters to upper case, in place; returns text. */
char *format_upper(char *text);

#endif
