/* How signData is written: which r and s it may stand for. */
#include "handlers/selftest/sign_form.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm2_trace.h"
#include "handlers/selftest/loose.h"

#define TEXT_MAX 512

struct forms {
	struct sign_form *list;
	size_t count;
	enum mistake written[FORM_MISTAKES_MAX]; /* of the text, so of each of them */
	size_t nwritten;
};

static void
note(struct forms *forms, enum mistake mistake)
{
	for (size_t i = 0; i < forms->nwritten; i++)
		if (forms->written[i] == mistake)
			return;
	if (forms->nwritten < FORM_MISTAKES_MAX - 1)
		forms->written[forms->nwritten++] = mistake;
}

static void
add(struct forms *forms, const unsigned char *r, size_t r_size, const unsigned char *s,
    size_t s_size, enum mistake mistake)
{
	if (forms->count == FORMS_MAX)
		return;
	struct sign_form *form = &forms->list[forms->count++];

	memset(form, 0, sizeof(*form));
	memcpy(form->signature + 32 - r_size, r, r_size);
	memcpy(form->signature + 64 - s_size, s, s_size);
	memcpy(form->mistakes, forms->written, sizeof(forms->written));
	form->count = forms->nwritten;
	if (mistake != MISTAKE_COUNT)
		form->mistakes[form->count++] = mistake;
}

/* One of the numbers is longer or shorter than 32 bytes: every way to part them. */
static void
add_parted(struct forms *forms, const unsigned char *bytes, size_t size)
{
	for (size_t r = 30; r <= 33; r++) {
		if (size <= r || size - r < 30 || size - r > 33)
			continue;
		size_t s = size - r;
		const unsigned char *at = bytes, *second = bytes + r;
		bool long_r = r == 33, long_s = s == 33;

		if ((long_r && *at) || (long_s && *second) || (r == 32 && s == 32))
			continue; /* a 33rd byte is a sign, 00 */
		add(forms, at + long_r, r - long_r, second + long_s, s - long_s,
		    MISTAKE_SIGN_NOT_PADDED);
	}
}

static void
add_bytes(struct forms *forms, const unsigned char *bytes, size_t size)
{
	unsigned char signature[SM2_SIGNATURE_SIZE];

	if (size == SM2_SIGNATURE_SIZE) {
		add(forms, bytes, 32, bytes + 32, 32, MISTAKE_COUNT);
		add(forms, bytes + 32, 32, bytes, 32, MISTAKE_SIGN_SWAPPED);
		add_parted(forms, bytes, size); /* 31 and 33, by Java's BigInteger */
	} else if (sm2_from_der(bytes, size, signature) == ERR_OK) {
		add(forms, signature, 32, signature + 32, 32, MISTAKE_SIGN_DER);
	} else {
		add_parted(forms, bytes, size);
	}
}

/* Hex of one number, which may have lost a leading 0. */
static bool
read_number(const char *hex, size_t digits, unsigned char ret[32])
{
	char padded[65];
	size_t size;

	if (digits > 64)
		return false;
	memset(padded, '0', 64);
	memcpy(padded + 64 - digits, hex, digits);
	padded[64] = '\0';
	return bytes_unhex(padded, ret, 32, &size) == ERR_OK;
}

static void
add_hex(struct forms *forms, const char *hex)
{
	unsigned char bytes[TEXT_MAX / 2], r[32], s[32];
	size_t size, digits = strlen(hex);

	if (digits >= 120 && digits < 128)
		for (size_t first = digits - 64; first <= 64; first++)
			if (read_number(hex, first, r) &&
			    read_number(hex + first, digits - first, s))
				add(forms, r, 32, s, 32, MISTAKE_SIGN_NOT_PADDED);
	if (bytes_unhex(hex, bytes, sizeof(bytes), &size) == ERR_OK)
		add_bytes(forms, bytes, size);
}

/* In the standard alphabet with its end, which may be what is wrong. */
static const char *
mended_base64(struct forms *forms, char *clean)
{
	size_t n = strlen(clean);

	for (char *c = clean; *c; c++)
		if (*c == '-' || *c == '_') {
			*c = *c == '-' ? '+' : '/';
			note(forms, MISTAKE_SIGN_BASE64);
		}
	while (n % 4) {
		clean[n++] = '=';
		note(forms, MISTAKE_SIGN_BASE64);
	}
	clean[n] = '\0';
	return clean;
}

#define SIGNATURE_TEXT (((size_t)SM2_SIGNATURE_SIZE + 2) / 3 * 4)

/* Without line ends; blanks are what became of + in a form, or as little wanted. */
static char *
cleaned(struct arena *arena, struct forms *forms, const char *text)
{
	size_t n = 0, size = strlen(text);
	const char *given = strchr(text, '%') ? url_decoded(arena, text, size, false, &size) : text;
	char *clean = arena_alloc(arena, size + 5), *from;

	if (strlen(given) != strlen(text))
		note(forms, MISTAKE_SIGN_URL);
	for (const char *c = given; *c; c++)
		if (!strchr("\t\r\n", *c))
			clean[n++] = *c;
	while (n && clean[n - 1] == ' ')
		clean[--n] = '\0';
	/* 64 bytes in full: then a blank in front was a +, too */
	bool whole = n == SIGNATURE_TEXT && clean[n - 1] == '=';
	from = whole ? clean : clean + strspn(clean, " ");
	if (strlen(from) != strlen(given))
		note(forms, MISTAKE_SIGN_BASE64);
	bool plus = strchr(from, ' ') && !is_hex(from) && strlen(from) % 4 == 0;
	n = 0;
	for (const char *c = from; *c; c++)
		if (*c != ' ' || plus)
			clean[n++] = *c == ' ' ? '+' : *c;
	if (strchr(given, ' ') && plus)
		note(forms, MISTAKE_SIGN_URL);
	else if (strlen(given) != n)
		note(forms, MISTAKE_SIGN_BASE64);
	clean[n] = '\0';
	return clean;
}

size_t
sign_forms(struct arena *arena, const char *text, struct sign_form ret[FORMS_MAX])
{
	struct forms forms = { .list = ret };
	unsigned char bytes[TEXT_MAX + 1];
	size_t size;

	if (strlen(text) > TEXT_MAX - 4)
		return 0;
	char *clean = cleaned(arena, &forms, text);
	for (unsigned round = 0; round < 2; round++) {
		if (strlen(clean) >= 120 && is_hex(clean)) {
			forms.nwritten = 0; /* what is wrong is not its base64 */
			note(&forms, round ? MISTAKE_SIGN_HEX_BASE64 : MISTAKE_SIGN_HEX);
			add_hex(&forms, clean);
			return forms.count;
		}
		if (bytes_unbase64(mended_base64(&forms, clean), bytes, TEXT_MAX, &size) != ERR_OK)
			return 0;
		bytes[size] = '\0';
		if (strlen((char *)bytes) != size || size < 80 || !is_written(arena, bytes, size))
			break;
		/* text again: hex, or base64 a second time */
		clean = arena_alloc(arena, size + 5);
		memcpy(clean, bytes, size);
		if (!is_hex(clean))
			note(&forms, MISTAKE_SIGN_TWICE);
	}
	add_bytes(&forms, bytes, size);
	return forms.count;
}

bool
sign_form_has(const struct sign_form *form, enum mistake mistake)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->mistakes[i] == mistake)
			return true;
	return false;
}

size_t
sign_text_bytes(const char *text, unsigned char *ret, size_t max)
{
	size_t size;

	if (bytes_unhex(text, ret, max, &size) == ERR_OK ||
	    bytes_unbase64(text, ret, max, &size) == ERR_OK)
		return size;
	return 0;
}
