#include "handlers/routes.h"

const struct route_table routes_portal = { NULL, 0 };
const struct route_table routes_review = { NULL, 0 };
