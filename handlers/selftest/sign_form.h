#ifndef HANDLERS_SELFTEST_SIGN_FORM_H
#define HANDLERS_SELFTEST_SIGN_FORM_H

#include <stdbool.h>

#include "fcgi/base/arena.h"
#include "fcgi/crypto/sm2.h"
#include "handlers/rules/table/mistake.h"

/* The texts signData may be: r‖s, the likeliest first, and what is wrong with how it is written. */
#define FORMS_MAX 6
#define FORM_MISTAKES_MAX 4
struct sign_form {
	unsigned char signature[SM2_SIGNATURE_SIZE];
	enum mistake mistakes[FORM_MISTAKES_MAX];
	size_t count;
};
size_t sign_forms(struct arena *arena, const char *text, struct sign_form ret[FORMS_MAX]);
bool sign_form_has(const struct sign_form *form, enum mistake mistake);
/* Of hex or base64, of any size: the bytes; 0 when it is neither. */
size_t sign_text_bytes(const char *text, unsigned char *ret, size_t max);

#endif
