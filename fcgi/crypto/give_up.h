#ifndef FCGI_CRYPTO_GIVE_UP_H
#define FCGI_CRYPTO_GIVE_UP_H

/*
 * A failure of OpenSSL itself (no memory, an algorithm missing) has no sensible
 * answer: it is logged and the process aborts, like running out of arena. For
 * all files over that library.
 */
_Noreturn void crypto_give_up(const char *what);

#endif
