#ifndef HANDLERS_SANDBOX_SERVICES_H
#define HANDLERS_SANDBOX_SERVICES_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/sandbox.h"
#include "handlers/selftest/value.h"

/* One request that was opened, and what becomes of it. */
struct sandbox_request {
	struct req *q;
	const char *app_id;
	const struct value *data;
	/* out */
	enum sandbox_code fault; /* SANDBOX_CODE_COUNT: none */
	const char *message;     /* of the fault, when the code's own text is not enough; NULL */
	json_t *answer;          /* of a success */
};

/* Fields, then the service. ERR_OK also for a fault. */
MUST_CHECK enum err sandbox_serve(struct sandbox_request *r, enum sandbox_service service);

#endif
