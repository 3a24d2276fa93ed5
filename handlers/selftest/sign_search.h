#ifndef HANDLERS_SELFTEST_SIGN_SEARCH_H
#define HANDLERS_SELFTEST_SIGN_SEARCH_H

#include "handlers/selftest/sign_match.h"

/* Finds what was signed: names it in d, with d->inferred. false: not found within the bound of work. */
bool search_sign_string(const struct search_input *in);

#endif
