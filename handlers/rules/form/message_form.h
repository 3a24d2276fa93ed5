#ifndef HANDLERS_RULES_FORM_MESSAGE_FORM_H
#define HANDLERS_RULES_FORM_MESSAGE_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/form.h"

/* Which 站内消息 was read; 0 all. */
struct message_form {
	int64_t id;
};

extern const struct form message_form;

/* Notices by SMS: on or off. */
struct message_sms_form {
	bool on;
};

extern const struct form message_sms_form;

#endif
