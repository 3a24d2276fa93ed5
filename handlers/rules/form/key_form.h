#ifndef HANDLERS_RULES_FORM_KEY_FORM_H
#define HANDLERS_RULES_FORM_KEY_FORM_H

#include <stdint.h>

#include "fcgi/http/form.h"

/* ---- the channel ----------------------------------------------------------- */

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

/* ---- the nation ------------------------------------------------------------ */

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

/* ---- the applicant --------------------------------------------------------- */

/* 查看: which of a sheet's hidden keys the applicant asks to see on screen. */
struct key_reveal_form {
	const char *field; /* "secret" or "channel_private" */
};

extern const struct form key_reveal_form;

/* 联调自测: an envelope made with the test sheet's keys, as its JSON text. */
struct selftest_form {
	const char *envelope;
	bool strict; /* what some platforms do differently (PAY-7) is a mistake, too */
};

extern const struct form selftest_form;

#endif
