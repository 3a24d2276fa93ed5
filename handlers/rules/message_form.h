#ifndef HANDLERS_RULES_MESSAGE_FORM_H
#define HANDLERS_RULES_MESSAGE_FORM_H

#include "fcgi/form.h"

/* Which 站内消息 was read; 0 all. */
struct message_form {
	int64_t id;
};

extern const struct form message_form;

#endif
