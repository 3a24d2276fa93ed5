#ifndef HANDLERS_RULES_FORM_CHANNEL_KEY_FORM_H
#define HANDLERS_RULES_FORM_CHANNEL_KEY_FORM_H

#include "fcgi/http/form.h"

/*
 * 上报渠道公钥: the public key of the formal environment and the
 * signature of the challenge shown, which proves that the channel holds the
 * private one. Curve and signature are the handler's to check. One member per row.
 */
struct channel_key_form {
	const char *public_key; /* as tools write it: handlers/key/key_text.h */
	const char *signature;  /* r, s; base64 or hex */
};

extern const struct form channel_key_form;

#endif
