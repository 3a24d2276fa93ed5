#ifndef TESTS_SUPPORT_REPLIED_H
#define TESTS_SUPPORT_REPLIED_H

#include "fcgi/http/request.h"

/* What q answers, as a tree, kept until the process ends; NULL: no body, or none of JSON. */
json_t *replied(const struct req *q);

#endif
