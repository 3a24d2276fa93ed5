#ifndef HANDLERS_SELFTEST_WAYS_H
#define HANDLERS_SELFTEST_WAYS_H

#include "handlers/selftest/diagnosis.h"
#include "handlers/selftest/value_write.h"

/*
 * What channels do differently when they sign, one thing each. Those of one family exclude each other;
 * a recipe takes at most one of each. The first families make the text of data, the next the sign
 * string, the last what is done to its bytes: sign_write.c and sign_match.c do what they say.
 */
enum family {
	DATA_ORDER,
	DATA_EMPTIES,
	DATA_SPACES,
	DATA_ESCAPES,
	DATA_QUOTES,
	DATA_NUMBERS,
	DATA_FORM,
	DATA_INNER, /* of the decrypted data its member data */
	DATA_RAW,   /* the decrypted text itself */
	SIGN_CONTENT,
	DATA_FAMILIES = SIGN_CONTENT,
	SIGN_WHOLE,
	SIGN_ORDER,
	SIGN_FIELD,
	SIGN_NAMES,
	SIGN_EXTRA,
	SIGN_JOINED,
	SIGN_URL,
	SIGN_KEY_PLACE,
	SIGN_KEY_NAME,
	SIGN_KEY_TEXT,
	SIGN_ENDS,
	SIGN_CHARSET,
	MESSAGE_DIGEST,
	STRING_FAMILIES = MESSAGE_DIGEST,
	MESSAGE_ID,
	MESSAGE_SIGNER,
	FAMILIES
};

enum content { CONTENT_DATA, CONTENT_NONE, CONTENT_CIPHER, CONTENT_BOTH, CONTENT_AS_DATA };
/* Not the fields one by one. */
enum whole { WHOLE_NOT, WHOLE_DATA, WHOLE_CIPHER, WHOLE_JSON, WHOLE_JSON_CIPHER };
/* data among the others; or value_order from this on. */
enum data_place {
	PLACE_SORTED,
	PLACE_SENT,
	PLACE_LAST,
	PLACE_FIRST,
	PLACE_SORTED_LAST,
	PLACE_SORTED_FIRST,
	PLACE_ORDER
};
enum key_place { KEY_END, KEY_MISSING, KEY_FRONT, KEY_SORTED };
enum joined { JOINED_PAIRS, JOINED_VALUES, JOINED_NAMES };
enum url {
	URL_NOT,
	URL_SCRIPT,
	URL_FORM,
	URL_RFC,
	URL_PYTHON,
	URL_PHP,
	URL_GO,
	URL_DOTNET,
	URL_TWICE,
	URL_WHOLE,
	URL_WHOLE_FORM
};
enum charset {
	CHARSET_UTF8,
	CHARSET_GBK,
	CHARSET_GB18030,
	CHARSET_LATIN, /* ? for what is not in it */
	CHARSET_TWICE, /* UTF-8 taken for Latin-1 and encoded again */
	CHARSET_UTF16LE,
	CHARSET_UTF16BE
};
/* A digest taken for the message. */
enum digest_form {
	DIGEST_NOT,
	DIGEST_HEX,
	DIGEST_UPPER,
	DIGEST_BYTES,
	DIGEST_BASE64,
	DIGEST_FORMS
};
/* What is signed of the message: with the Z of a user id (ways[].text), or … */
enum message_id {
	ID_RIGHT,
	ID_OTHER,
	ID_NO_Z,
	ID_RAW,
	ID_SHA256,
	ID_PLATFORM,
	ID_ECDSA,
	ID_ECDSA_SHA256,
	ID_ECDSA_Z
};
enum signer_name {
	SIGNER_CHANNEL,
	SIGNER_PLATFORM,
	SIGNER_PAIR,
	SIGNER_CUT,
	SIGNER_WRONG,
	SIGNERS
};

#define COST_MAX 4 /* of one: of many, which are tried by themselves and seldom in company */
struct sign_way {
	enum family family;
	unsigned cost; /* 1: usual … */
	enum mistake mistake;
	unsigned value;
	const char *text, *name; /* of families that say so */
	uint64_t bits;
	const char *note; /* more about it, for people; or NULL */
	uint32_t idles;   /* bits of the families that change nothing beside it */
};

struct recipe {
	const struct sign_way *ways[FAMILIES]; /* NULL: as it should be */
};
static inline unsigned
recipe_value(const struct recipe *recipe, enum family family)
{
	return recipe->ways[family] ? recipe->ways[family]->value : 0;
}

struct ways {
	struct sign_way *list; /* by cost, then by family */
	size_t count;
	size_t start[COST_MAX + 1][FAMILIES + 1]; /* where those begin */
};
/* All there are for this envelope, in the arena. */
void ways_of(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, const struct diagnosis *d, struct ways *ret);

#endif
