#ifndef HANDLERS_SITE_STARTUP_H
#define HANDLERS_SITE_STARTUP_H

#include "fcgi/http/config.h"

/*
 * What every process of the program loads once, before workers are forked so
 * that they share its memory: the font, the file-type database, the bound on
 * password hashes, which is each site's own and leaves one worker in four to others. ERR_INTERNAL with a logged reason.
 */
MUST_CHECK enum err startup(const struct config *config, const char *site, unsigned workers);

#endif
