#ifndef HANDLERS_BENCH_DIAGNOSE_PART_H
#define HANDLERS_BENCH_DIAGNOSE_PART_H

#include "handlers/bench/diagnose.h"

/* Parts of diagnose.c that stand in files of their own. */

void diagnosis_add(struct diagnosis *d, enum mistake mistake);

/* d->envelope -> d->data and d->data_value; false when nothing more can be said. */
bool diagnose_cipher(struct arena *arena, const struct bench_keys *keys,
    const struct bench_keys *wrong, struct diagnosis *d);
/* With the right key, but not ECB or not padded: as diagnose_cipher(), on the bytes of encData. */
bool diagnose_mode(struct arena *arena, const unsigned char key[SM4_KEY_SIZE],
    const struct bench_keys *keys, const unsigned char *bytes, size_t size, struct diagnosis *d);
/* A point, a digest and more: what SM2 encryption gives. */
bool looks_like_sm2_cipher(struct arena *arena, const unsigned char *bytes, size_t size);

/* d->expected, and how signData was made. */
void diagnose_sign(struct arena *arena, const struct bench_keys *keys,
    const struct bench_keys *wrong, struct diagnosis *d);

/* GBK bytes as UTF-8 and back, appended to out; false when they are not such bytes. */
bool text_from_gbk(struct text *out, const char *bytes, size_t size);
bool text_to_gbk(struct text *out, const char *bytes, size_t size);

/* The texts signData may be: r‖s, the likeliest first, and what is wrong with how it is written. */
#define FORMS_MAX 4
struct sign_form {
	unsigned char signature[SM2_SIGNATURE_SIZE];
	enum mistake mistake; /* MISTAKE_COUNT: none */
};
size_t sign_forms(const char *text, struct sign_form ret[FORMS_MAX]);

/* ---- guesses about the sign string ---- */

enum guess_content { CONTENT_DATA, CONTENT_NONE, CONTENT_CIPHER, CONTENT_BOTH };
enum guess_key { GUESS_KEY_RIGHT, GUESS_KEY_MISSING, GUESS_KEY_OTHER };
enum guess_order {
	ORDER_SORTED,
	ORDER_AS_SENT,
	ORDER_DATA_LAST,
	ORDER_DATA_FIRST,
	ORDER_SORTED_DATA_LAST /* the others sorted */
};

enum guess_url { URL_NOT, URL_PERCENT, URL_PLUS };

/* All zero is the right way. */
struct guess {
	struct value_style style;
	enum value_form form;
	enum guess_url url;
	bool raw_data; /* the decrypted text itself */
	bool gbk, with_extra;
	enum guess_content content;
	enum guess_order order;
	enum guess_key key;
	const char *key_text; /* GUESS_KEY_OTHER: what stands at the end, with its & */
};

/* One thing done differently. Those of one family exclude each other. */
struct knob {
	enum mistake mistake;
	unsigned family;
	struct guess change; /* only the family's member counts */
};

#define KNOBS_MAX 160
#define KNOBS_COMMON 33 /* the first ones, which are also tried two at a time */

/* All there are for this envelope. */
size_t guess_knobs(struct arena *arena, const struct bench_keys *keys,
    const struct bench_keys *wrong, const struct diagnosis *d, struct knob ret[KNOBS_MAX]);
/* Turns one more knob. */
void guess_turn(struct guess *guess, const struct knob *knob);
/* The string as that guess has it, over what out held. */
void guess_string(struct text *out, const struct guess *guess, const struct bench_keys *keys,
    const struct diagnosis *d);

#endif
