#ifndef HANDLERS_COMMON_SEALING_H
#define HANDLERS_COMMON_SEALING_H

#include "fcgi/http/request.h"
#include "sql/db/sealed.h"

struct purpose_info {
	enum ring ring;
	const char *text; /* as fcgi/crypto/keyring.h takes it */
};
extern const struct purpose_info purposes[PURPOSE_COUNT];

/*
 * Sealing for a purpose of sql/db/sealed.def, with the keyring that purpose has. Texts are in the
 * arena of the request; how they are made, and what is returned, says fcgi/crypto/keyring.h.
 */
char *seal_text(const struct req *q, enum purpose purpose, const char *text);
MUST_CHECK enum err
unseal_text(const struct req *q, enum purpose purpose, const char *sealed, char **ret_text);
char *index_text(const struct req *q, enum purpose purpose, const char *text);
char *index_text_also(const struct req *q, enum purpose purpose, const char *text);

#endif
