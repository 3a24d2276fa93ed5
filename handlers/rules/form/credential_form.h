#ifndef HANDLERS_RULES_FORM_CREDENTIAL_FORM_H
#define HANDLERS_RULES_FORM_CREDENTIAL_FORM_H

#include "fcgi/http/form.h"

/* 作废 and 换发 of issued keys by the national bureau. */
struct revocation_form {
	int64_t serial; /* of the keys that were looked at */
	const char *reason;
};
extern const struct form revocation_form;

struct reissue_form {
	int64_t serial;
	int64_t
	    overlap_days; /* the older keys stay valid beside the new ones; 0: they end at once */
	const char *reason;
};
extern const struct form reissue_form;

#define OVERLAP_DAYS_MAX 90

#endif
