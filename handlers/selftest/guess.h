#ifndef HANDLERS_SELFTEST_GUESS_H
#define HANDLERS_SELFTEST_GUESS_H

#include "handlers/selftest/diagnosis.h"
#include "handlers/selftest/value_form.h"

/* Guesses about the sign string. */
enum guess_content { CONTENT_DATA, CONTENT_NONE, CONTENT_CIPHER, CONTENT_BOTH, CONTENT_AS_DATA };
enum guess_key {
	GUESS_KEY_RIGHT,
	GUESS_KEY_MISSING,
	GUESS_KEY_OTHER,
	GUESS_KEY_FRONT,
	GUESS_KEY_SORTED
};
enum guess_order {
	ORDER_SORTED,
	ORDER_AS_SENT,
	ORDER_DATA_LAST,
	ORDER_DATA_FIRST,
	ORDER_SORTED_DATA_LAST /* the others sorted */
};
enum guess_url { URL_NOT, URL_PERCENT, URL_PLUS };
/* Not the fields one by one. */
enum guess_whole { WHOLE_NOT, WHOLE_DATA, WHOLE_CIPHER, WHOLE_JSON, WHOLE_JSON_CIPHER };
enum guess_charset {
	CHARSET_UTF8,
	CHARSET_GBK,
	CHARSET_GB18030,
	CHARSET_LATIN, /* ? for what is not in it */
	CHARSET_TWICE, /* UTF-8 taken for Latin-1 and encoded again */
	CHARSET_UTF16LE,
	CHARSET_UTF16BE
};

/* All zero is the right way. */
struct guess {
	struct value_style style;
	bool top_kept,
	    top_dropped; /* empties of the fields themselves are, or are the only ones, kept */
	enum value_form form;
	enum guess_url url;
	bool raw_data; /* the decrypted text itself */
	bool inner;    /* of the decrypted data its member data */
	enum guess_charset charset;
	bool with_extra, sent_names;
	enum guess_content content;
	enum guess_whole whole;
	enum guess_order order;
	enum guess_key key;
	const char *key_text;       /* GUESS_KEY_OTHER: what stands at the end, with its & */
	const char *field;          /* one that was signed differently */
	const char *field_text;     /* its value then; NULL: not at all */
	const char *before, *after; /* around all of it; NULL: nothing */
};

/* The string as that guess has it, over what out held; in UTF-8. */
void guess_string(struct written *out, const struct guess *guess, const struct selftest_keys *keys,
    const struct diagnosis *d);
/* Its bytes in the guess's charset, over what out held; false when it cannot be written in it. */
bool guess_bytes(struct written *out, const struct written *string, const struct guess *guess);

#endif
