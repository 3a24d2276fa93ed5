#ifndef HANDLERS_SELFTEST_DIAGNOSE_PART_H
#define HANDLERS_SELFTEST_DIAGNOSE_PART_H

#include "fcgi/crypto/sm.h"
#include "fcgi/crypto/sm2.h"
#include "handlers/selftest/diagnose.h"

/* Parts of diagnose.c that stand in files of their own. */

void diagnosis_add(struct diagnosis *d, enum mistake mistake);

/* d->checked and d->next, unless all could be told. */
void diagnose_hint(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d);

/* ---- text that should hold an object ---- */

struct loose {
	const char *text; /* UTF-8, without BOM and what it was wrapped in */
	size_t size;
	const struct value *value; /* an object */
	bool bom, recoded,
	    wrapped; /* recoded: was no UTF-8; wrapped: was the text of a JSON text */
};
/* false: there is none, in UTF-8, GBK or UTF-16, with or without BOM. */
bool read_loose(struct arena *arena, const char *bytes, size_t size, struct loose *ret);
/* Well-formed UTF-8 without control characters: what random bytes are not. */
bool is_written(struct arena *arena, const unsigned char *bytes, size_t size);
/* %XX to bytes; with `plus` a + to a blank. In the arena, *ret_size long. */
char *url_decoded(struct arena *arena, const char *text, size_t size, bool plus, size_t *ret_size);
/* GBK bytes as UTF-8, and UTF-8 as another charset of iconv, appended to out. */
bool text_from(struct text *out, const char *charset, const char *bytes, size_t size);
bool text_to(struct text *out, const char *charset, const char *bytes, size_t size);

/* d->envelope, of d->sent. false: no JSON object. */
bool read_envelope(struct arena *arena, const char *json, size_t size, struct diagnosis *d);
/* false: not enough is there to go on. */
bool check_fields(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d);

/* ---- decryption ---- */

/* d->envelope -> d->data and d->data_value; false when nothing more can be said. */
bool diagnose_cipher(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, struct diagnosis *d);

#define KEY_GUESSES_MAX 128

struct key_guess {
	enum mistake mistakes[2]; /* MISTAKE_COUNT: none */
	unsigned char key[SM4_KEY_SIZE];
};
/* The right one first. app_id: of the envelope. */
size_t guess_cipher_keys(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, const char *app_id, struct key_guess ret[KEY_GUESSES_MAX]);

struct clear {
	struct loose data;
	enum mistake mistakes[8];
	size_t count;
};
/* Is it an object? Notes what is wrong with how it is written. */
bool read_clear(struct arena *arena, const unsigned char *bytes, size_t size, struct clear *ret);
/* In any mode and padding. */
bool open_with_key(struct arena *arena, const struct key_guess *guess,
    const struct selftest_keys *keys, const unsigned char *bytes, size_t size, struct clear *ret);
/* Text from the second block on: it was CBC, whatever the first vector. */
bool is_cbc(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], const unsigned char *bytes,
    size_t size);
/* A point, a digest and more: what SM2 encryption gives. */
bool looks_like_sm2_cipher(struct arena *arena, const unsigned char *bytes, size_t size);

/* ---- the signature ---- */

/* d->expected, and how signData was made. */
void diagnose_sign(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, struct diagnosis *d);

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
size_t sign_bytes(const char *text, unsigned char *ret, size_t max);

/* Whose the signature may be. */
#define SIGNERS_MAX 6
struct signer {
	unsigned char key[SM2_PUBLIC_SIZE];
	enum mistake mistake; /* MISTAKE_COUNT: the right one */
};

struct search_input {
	struct arena *arena;
	const struct selftest_keys *keys, *wrong;
	struct diagnosis *d;
	struct signer signers[SIGNERS_MAX];
	size_t nsigners;
	struct sign_form forms[FORMS_MAX];
	size_t nforms;
};
/* A signature as one form and one key have it, and the number that was signed then. */
struct target {
	const struct signer *signer;
	const struct sign_form *form;
	unsigned char e[32];
};
struct match {
	const struct target *target;
	enum mistake mistakes[2]; /* of the algorithm */
	size_t count;
};
enum effort { RARE_IDS = 1, ALL_SIGNERS = 2, DIGESTS = 4, ECDSA = 8 };

struct matcher;
/* In the arena. */
struct matcher *matcher_new(const struct search_input *in);
/* Were these bytes signed? *ret_work: bytes that were digested to know it. */
bool matcher_try(struct matcher *matcher, const struct text *bytes, unsigned effort,
    struct match *ret, size_t *ret_work);

/* Finds what was signed: names it in d, with d->inferred. false: not found within the bound of work. */
bool search_sign_string(const struct search_input *in);

/* ---- guesses about the sign string ---- */

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

/* One thing done differently. Those of one family exclude each other. */
struct knob {
	enum mistake mistake;
	unsigned family;
	struct guess change; /* only the family's members count */
	const char *note;    /* more about it, for people; or NULL */
};

#define KNOBS_MAX 192

struct knobs {
	struct knob list[KNOBS_MAX];
	size_t count;
	size_t main; /* the first ones, the usual */
};

/* All there are for this envelope. */
void guess_knobs(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, const struct diagnosis *d, struct knobs *ret);
/* Numbers whose quotes are the other way round, or which alone are rewritten: bits of value.number. */
struct knob knob_quotes(uint64_t numbers);
struct knob knob_numbers(enum value_numbers way, uint64_t numbers);
/* The sender's clock when he signed, not when he sent. */
struct knob knob_time(const char *timestamp);
/* The text that was encrypted, as it is. */
struct knob knob_raw(void);
/* Turns one more knob. */
void guess_turn(struct guess *guess, const struct knob *knob);
/* The string as that guess has it, over what out held; in UTF-8. */
void guess_string(struct text *out, const struct guess *guess, const struct selftest_keys *keys,
    const struct diagnosis *d);
/* Its bytes in the guess's charset, over what out held; false when it cannot be written in it. */
bool guess_bytes(struct text *out, const struct text *string, const struct guess *guess);

#endif
