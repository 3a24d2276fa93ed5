#ifndef TESTS_SUPPORT_REDIS_H
#define TESTS_SUPPORT_REDIS_H

#include <stdint.h>
#include <sys/types.h>

/*
 * A redis-server of this test's own, on a unix socket in a folder of its own,
 * without files. It goes with the test, whatever becomes of that.
 */

/* Starts it; returns once it answers. Ends the program with a word when there is none. */
void redis_start(void);
void redis_stop(void);        /* killed, as a crash would */
void redis_restart(void);     /* and empty */
pid_t redis_pid(void);        /* for SIGSTOP */
const char *redis_path(void); /* of the socket */

/* Ask it behind the program's back: printf-like, see hiredis. */
int64_t redis_number(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A string or status; "" for none. Overwritten by the next call. */
const char *redis_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
