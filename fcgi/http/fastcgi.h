#ifndef FCGI_HTTP_FASTCGI_H
#define FCGI_HTTP_FASTCGI_H

#include "fcgi/http/dispatch.h"

/*
 * libfcgi on one side, struct req on the other; the only file that includes
 * fcgiapp.h is fastcgi.c.
 */

/* A listening unix socket at `path`, replacing what lies there. ERR_UNAVAILABLE. */
MUST_CHECK enum err fastcgi_listen(const char *path, int backlog, int *ret_fd);

/*
 * Serve requests from the listening socket until SIGTERM or `most` requests.
 * q carries what the process keeps (arena, db, kv, config, keyring). The
 * process ignores SIGPIPE. While a handler runs SIGTERM is blocked; a program
 * it starts inherits that and has to unblock it.
 */
MUST_CHECK enum err
fastcgi_serve(int fd, const struct program *program, struct req *q, unsigned most);

#endif
