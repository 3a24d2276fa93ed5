#ifndef HANDLERS_COMMON_NOTIFY_H
#define HANDLERS_COMMON_NOTIFY_H

#include "fcgi/http/request.h"
#include "sql/account/unit.h"
#include "sql/application/application.h"
#include "sql/db/db.h"
#include "sql/record/message.h"

/*
 * SMS and 站内消息 in the transaction of their cause. Texts: handlers/rules/table/notice.def.
 *
 * `arguments` replace {0} … {3} in a text; a missing one is empty, NULL for none at all. In a notice
 * that goes by SMS they are the platform's own words: codes, days, bureaus, businesses. What people
 * call themselves comes in by `about` alone, which tells the two ways apart.
 */

enum notice {
#define NOTICE(name, way, title, text) NOTICE_##name,
#include "handlers/rules/table/notice.def"
#undef NOTICE
};

/*
 * Whom a notice names. In 站内消息 a name reads as it was typed; in an SMS {unit} is a name of the
 * catalogue, or left out before the unit is certified, {case} the catalogue's institution with the
 * app's name if that is plain (handlers/rules/check/name.h), {person} nobody by name.
 */
struct notice_about {
	const struct unit *unit;               /* {unit}: its name, uscc and certification */
	const struct application *application; /* {case}; where the message leads */
	const char *person;                    /* {person} */
};

/*
 * To one operator, by 站内消息, SMS or both as the notice's row says.
 * application: its number, or NULL. ERR_NOT_FOUND: no such operator.
 */
MUST_CHECK enum err notify_operator(struct req *q, struct sql_tx *tx, int64_t operator_id,
    enum notice notice, const char *application, const char *const arguments[4]);
MUST_CHECK enum err notify_operator_about(struct req *q, struct sql_tx *tx, int64_t operator_id,
    enum notice notice, const struct notice_about *about, const char *const arguments[4]);

/* To a unit, its account and all its operators, 站内消息 only. */
MUST_CHECK enum err notify_unit(struct req *q, struct sql_tx *tx, int64_t unit_id,
    enum notice notice, const char *const arguments[4]);

/*
 * 站内消息 alone, to a person of any role (role.def's code). file: the code of an
 * export it leads to, or NULL.
 */
MUST_CHECK enum err notify_file(struct req *q, struct sql_tx *tx, unsigned role, int64_t user_id,
    enum notice notice, const char *file, const char *const arguments[4]);

/* Its title by the name that is kept with an SMS; that name when there is none. */
const char *notify_title(const char *name);

/* The 站内消息 a notice makes, for who sends it to many at once. */
struct message notify_message(struct req *q, enum notice notice, const char *const arguments[4]);

/* To one officer, 站内消息 only. */
MUST_CHECK enum err notify_officer(struct req *q, struct sql_tx *tx, int64_t staff_id,
    enum notice notice, const char *application, const char *const arguments[4]);

/* To every officer of a bureau who works on the region of that code, 站内消息 only. */
MUST_CHECK enum err
notify_bureau(struct req *q, struct sql_tx *tx, int64_t bureau_id, const char *region_code,
    enum notice notice, const char *application, const char *const arguments[4]);

/* An SMS alone, to a phone in clear (11 digits); for codes and new passwords. */
MUST_CHECK enum err notify_sms(struct req *q, struct sql_tx *tx, enum notice notice,
    const char *phone, const char *const arguments[4]);
MUST_CHECK enum err notify_sms_about(struct req *q, struct sql_tx *tx, enum notice notice,
    const char *phone, const struct notice_about *about, const char *const arguments[4]);

#endif
