#ifndef HANDLERS_RULES_FORM_CERTIFICATION_FORM_H
#define HANDLERS_RULES_FORM_CERTIFICATION_FORM_H

#include <stdint.h>

#include "fcgi/http/form.h"

/* ---- the unit asks --------------------------------------------------------- */

/* 资质认证 (CERT-2, A-13). */
struct certification_form {
	const char *business_licence; /* key of the upload */
};
extern const struct form certification_form;

/* ---- a bureau answers ------------------------------------------------------ */

/* What a bureau answers to a unit that asked for 人工认证. */
struct confirmation_form {
	const char *event; /* of confirmation_choices */
	const char *until; /* the last day it holds, "yyyy-MM-dd" */
	const char *remark;
	int64_t version; /* of the unit the officer was looking at */
};

#define CONFIRMATION_PASS "pass"

/* What a bureau says when it takes a certification back. */
struct certification_revocation_form {
	const char *remark;
	int64_t version; /* of the unit the officer was looking at */
};
extern const struct form certification_revocation_form;

/* ---- somebody else registered our code (A-88) -------------------------------- */

struct appeal_form {
	const char *uscc;
	const char *contact;
	const char *statement;
	const char *phone, *sms_code;
};
extern const struct form appeal_form;

/* What a bureau answers. */
struct ruling_form {
	const char *event; /* of ruling_choices */
	const char
	    *ground;     /* of ruling_grounds: an SMS says it, so it is in the platform's words */
	int64_t version; /* of the appeal the officer was looking at */
};
#define RULING_RELEASE "release"

extern const struct choice ruling_choices[], ruling_grounds[];
extern const struct form ruling_form;

extern const struct choice confirmation_choices[];
extern const struct form confirmation_form;

#endif
