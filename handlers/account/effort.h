#ifndef HANDLERS_ACCOUNT_EFFORT_H
#define HANDLERS_ACCOUNT_EFFORT_H

#include "fcgi/http/config.h"
#include "fcgi/http/request.h"

/*
 * A little work for the browser before an SMS is sent, as an SMS costs money and
 * a captcha alone is solved for less: a number that, behind the captcha's id and
 * a point, makes SHA-256 begin with so many zero bits ("0123…ef.12345"). A
 * second on an old telephone, and much for whoever wants thousands. As the
 * captcha is good once, so is the number; nothing is kept of it.
 */
struct effort_settings {
	unsigned bits; /* 0: none is asked for */
};
extern struct effort_settings effort_settings;
extern const struct settings effort_settings_table;

/* The body's captcha_id and effort. ERR_INVALID, naming captcha; the captcha stays good. */
MUST_CHECK enum err effort_gate(struct req *q);

#endif
