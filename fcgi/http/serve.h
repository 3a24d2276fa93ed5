#ifndef FCGI_HTTP_SERVE_H
#define FCGI_HTTP_SERVE_H

#include "fcgi/base/err.h"

/*
 * A small prefork master: `workers` children run `work` until they return. A
 * child that ends is replaced within a second. SIGTERM and SIGINT drain and
 * end, after 30 s by force; SIGHUP replaces the children one by one, the new
 * one before the old one, so no request fails. Returns in the master only, when all have ended.
 *
 * work: runs in the child, returns its exit status.
 */
MUST_CHECK enum err serve_prefork(unsigned workers, int (*work)(void *context), void *context);

#endif
