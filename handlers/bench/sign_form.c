/* How signData is written: which r and s it may stand for. */
#include <string.h>

#include "fcgi/sm2_trace.h"
#include "handlers/bench/diagnose_part.h"

#define TEXT_MAX 512

struct forms {
	struct sign_form *list;
	size_t count;
};

static void
add(struct forms *forms, const unsigned char *r, size_t r_size, const unsigned char *s,
    size_t s_size, enum mistake mistake)
{
	if (forms->count == FORMS_MAX)
		return;
	struct sign_form *form = &forms->list[forms->count++];

	memset(form->signature, 0, sizeof(form->signature));
	memcpy(form->signature + 32 - r_size, r, r_size);
	memcpy(form->signature + 64 - s_size, s, s_size);
	form->mistake = mistake;
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
add_bytes(struct forms *forms, const unsigned char *bytes, size_t size, enum mistake mistake)
{
	unsigned char signature[SM2_SIGNATURE_SIZE];

	if (size == SM2_SIGNATURE_SIZE) {
		add(forms, bytes, 32, bytes + 32, 32, mistake);
		add_parted(forms, bytes, size); /* 31 and 33, by Java's BigInteger */
	} else if (sm2_from_der(bytes, size, signature) == ERR_OK) {
		add(forms, signature, 32, signature + 32, 32,
		    mistake == MISTAKE_COUNT || mistake == MISTAKE_SIGN_BASE64 ? MISTAKE_SIGN_DER
									       : mistake);
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
	return sm_unhex(padded, ret, 32, &size) == ERR_OK;
}

static void
add_hex(struct forms *forms, const char *hex, enum mistake mistake)
{
	unsigned char bytes[TEXT_MAX / 2], r[32], s[32];
	size_t size, digits = strlen(hex);

	if (digits >= 120 && digits < 128)
		for (size_t first = digits - 64; first <= 64; first++)
			if (read_number(hex, first, r) &&
			    read_number(hex + first, digits - first, s))
				add(forms, r, 32, s, 32, MISTAKE_SIGN_NOT_PADDED);
	if (forms->count == 0 && sm_unhex(hex, bytes, sizeof(bytes), &size) == ERR_OK)
		add_bytes(forms, bytes, size, mistake);
}

static bool
is_hex(const char *text)
{
	return *text && !text[strspn(text, "0123456789abcdefABCDEF")];
}

size_t
sign_forms(const char *text, struct sign_form ret[FORMS_MAX])
{
	struct forms forms = { ret, 0 };
	char clean[TEXT_MAX + 4];
	const char *given = text;
	unsigned char bytes[TEXT_MAX + 1];
	size_t n = 0, size;

	for (; *text && n < TEXT_MAX; text++)
		if (!strchr("\r\n ", *text))
			clean[n++] = *text == '-' ? '+' : *text == '_' ? '/' : *text;
	clean[n] = '\0';
	if (n >= 120 && is_hex(clean)) {
		add_hex(&forms, clean, MISTAKE_SIGN_HEX);
		return forms.count;
	}
	while (n % 4)
		clean[n++] = '=';
	clean[n] = '\0';
	if (*text || sm_unbase64(clean, bytes, TEXT_MAX, &size) != ERR_OK)
		return 0;
	bytes[size] = '\0';
	if (strlen((char *)bytes) == size && is_hex((char *)bytes))
		add_hex(&forms, (char *)bytes, MISTAKE_SIGN_HEX_BASE64);
	else
		add_bytes(&forms, bytes, size,
		    strcmp(clean, given) == 0 ? MISTAKE_COUNT : MISTAKE_SIGN_BASE64);
	return forms.count;
}
