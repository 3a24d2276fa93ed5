#ifndef HANDLERS_RULES_FORM_KEY_REVEAL_FORM_H
#define HANDLERS_RULES_FORM_KEY_REVEAL_FORM_H

#include "fcgi/http/form.h"

/* 查看: which of a sheet's hidden keys the applicant asks to see on screen. */
struct key_reveal_form {
	const char *field; /* "secret" or "channel_private" */
};

extern const struct form key_reveal_form;

#endif
