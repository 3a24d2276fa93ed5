#ifndef TESTS_SUPPORT_GATEWAY_H
#define TESTS_SUPPORT_GATEWAY_H

/*
 * An HTTP server for one request, a child of the test on a loopback port: it
 * keeps what it was asked and gives the answer it was told.
 */

/* Its address with `path`. answer: the whole of it; "" hangs up; NULL: nobody listens there. */
const char *gateway_open(const char *path, const char *answer);
/* It has ended; what it was asked can be read until the next one. */
void gateway_close(void);
const char *gateway_line(void); /* "GET /path HTTP/1.1" */
const char *gateway_body(void); /* "" for none */

#endif
