#ifndef HANDLERS_RULES_CHANNEL_KEY_FORM_H
#define HANDLERS_RULES_CHANNEL_KEY_FORM_H

#include "fcgi/form.h"

/*
 * 上报渠道公钥: the public key of the formal environment and the
 * signature of the challenge shown, which proves that the channel holds the
 * private one. Curve and signature are the handler's to check. One member per row.
 */
struct channel_key_form {
	const char *public_key; /* base64 of 65 bytes, or of 64 without 04 */
	const char *signature;  /* base64 of the 64 bytes r, s */
};

extern const struct form channel_key_form;

#endif
