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
 *
 * row: the key of the row it stands in, as sealed.def has it, so that a value copied to another row
 * does not open there; of two columns by row_pair(). NULL for what lies in no column.
 */
char *seal_text(const struct req *q, enum purpose purpose, const char *row, const char *text);
MUST_CHECK enum err unseal_text(const struct req *q, enum purpose purpose, const char *row,
    const char *sealed, char **ret_text);
char *index_text(const struct req *q, enum purpose purpose, const char *text);
char *index_text_also(const struct req *q, enum purpose purpose, const char *text);

const char *row_number(const struct req *q, int64_t id);
const char *row_pair(const struct req *q, const char *key, const char *key2);

#endif
