#ifndef HANDLERS_APPLICATION_VIEW_UNIT_H
#define HANDLERS_APPLICATION_VIEW_UNIT_H

#include "fcgi/http/answer.h"
#include "sql/account/unit.h"
#include "sql/application/application.h"

/* A unit as others see it: its name, and for officers who it is, masked. */
struct unit_view_answer {
	const char *name, *kind, *region, *region_name, *uscc, *address, *postcode, *legal_name,
	    *legal_id_type, *legal_id_no, *legal_phone, *certification;
};
extern const struct answer unit_view_answer;

/* The unit of an application. */
MUST_CHECK enum err
view_unit(struct req *q, const struct application *app, struct unit_view_answer *ret);
/* For officers. */
MUST_CHECK enum err
view_unit_masked(struct req *q, const struct unit *unit, struct unit_view_answer *ret);

#endif
