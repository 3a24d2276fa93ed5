#ifndef HANDLERS_RULES_FORM_CERTIFICATION_FORM_H
#define HANDLERS_RULES_FORM_CERTIFICATION_FORM_H

#include "fcgi/http/form.h"

/* 资质认证 (CERT-2, A-13). */
struct certification_form {
	const char *business_licence; /* key of the upload */
};
extern const struct form certification_form;

#endif
