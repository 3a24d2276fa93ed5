#include "fcgi/crypto/give_up.h"

#include <openssl/err.h>
#include <stdlib.h>

#include "fcgi/base/log.h"

void
crypto_give_up(const char *what)
{
	char reason[256];

	ERR_error_string_n(ERR_get_error(), reason, sizeof(reason));
	log_line(LOG_ERROR, "crypto", "step=\"%s\" reason=\"%s\"", what, reason);
	abort();
}
