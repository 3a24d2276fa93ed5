#ifndef HANDLERS_SITE_ROUTES_H
#define HANDLERS_SITE_ROUTES_H

#include "fcgi/http/route.h"

/* The program's own gates, after those of fcgi/http/route.h. */
enum domain_gate {
	GATE_CAPTCHA = GATE_DOMAIN << 0, /* the body's captcha_id and captcha; used up by this */
	GATE_UNIT = GATE_DOMAIN << 1,    /* a unit is signed in, or the operator chose one */
	GATE_GRANT = GATE_DOMAIN << 2,   /* certified unit, business granted, institution chosen */
	GATE_ONCE = GATE_DOMAIN << 3,    /* Idempotency-Key: a repeat gets the first answer */
	GATE_KEYS = GATE_DOMAIN << 4,    /* q->vault: served only by workers that have it */
};

extern const struct route_table routes_public; /* the public site */
extern const struct route_table routes_review; /* the intranet site */
extern const struct gate_row domain_gates[];
extern const size_t domain_gates_count;

#endif
