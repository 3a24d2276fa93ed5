#ifndef HANDLERS_COMMON_GATE_H
#define HANDLERS_COMMON_GATE_H

#include "fcgi/http/route.h"

/* The program's own gates, after those of fcgi/http/route.h. */
enum domain_gate {
	GATE_CAPTCHA = GATE_DOMAIN << 0, /* the body's captcha_id and captcha; used up by this */
	GATE_UNIT = GATE_DOMAIN << 1,    /* a unit is signed in, or the operator chose one */
	GATE_GRANT = GATE_DOMAIN << 2,   /* certified unit, business granted, institution chosen */
	GATE_ONCE = GATE_DOMAIN << 3,    /* Idempotency-Key: a repeat gets the first answer */
	GATE_KEYS = GATE_DOMAIN << 4,    /* q->vault: served only by workers that have it */
	GATE_PROOF = GATE_DOMAIN << 5,   /* the phone was proved in this session not long ago */
	GATE_EFFORT =
	    GATE_DOMAIN << 6, /* the body's effort for its captcha: handlers/account/effort.h */
};

#endif
