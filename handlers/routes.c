#include "handlers/routes.h"

#include "handlers/admin/service.h"
#include "handlers/rules/role.h"

#define V1 "/api/v1"
#define KIB ((size_t)1024)
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* who */
#define UNIT WHO(ROLE_UNIT)
#define OPERATOR WHO(ROLE_OPERATOR)
#define SIGNED_IN (UNIT | OPERATOR)
#define OFFICER WHO(ROLE_OFFICER)

/* gates: reading and changing with a session; see fcgi/route.h and handlers/routes.h */
#define READ GATE_SESSION
#define WRITE (GATE_SESSION | GATE_CSRF)

/*
 * Every address of the two sites, who may use it, and what is checked first.
 * An address that stands in one table does not exist on the other site.
 */
/* clang-format off */
static const struct route portal_rows[] = {
	/* method   path                  handler        who         gates                  body     per minute  form */
	{ "GET",    V1 "/openapi.json",   openapi_show,  WHO_ANYONE, 0,                     0,       60,   NULL, "This description" },
};

static const struct route review_rows[] = {
	{ "GET",    V1 "/openapi.json",   openapi_show,  WHO_ANYONE, 0,                     0,       60,   NULL, "This description" },
	{ "GET",    "/healthz",           health_show,   WHO_ANYONE, 0,                     0,       0,    NULL, "Is this process alive" },
	{ "GET",    "/readyz",            ready_show,    WHO_ANYONE, 0,                     0,       0,    NULL, "Are its database, Redis and store there" },
	{ "GET",    "/metrics",           metrics_show,  WHO_ANYONE, 0,                     0,       0,    NULL, "Counters for Prometheus" },
};
/* clang-format on */

const struct route_table routes_portal = { portal_rows, COUNT(portal_rows) };
const struct route_table routes_review = { review_rows, COUNT(review_rows) };
