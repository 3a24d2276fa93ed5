#include "handlers/account/effort.h"

#include <string.h>

#include "fcgi/crypto/digest.h"

#define DIGITS_MAX 16

struct effort_settings effort_settings;
static const struct setting rows[] = {
	SETTING_AS(SETTING_LIMIT, struct effort_settings, bits, "EFFORT_BITS", "16"),
};
const struct settings effort_settings_table = SETTINGS(rows, effort_settings);

static unsigned
zero_bits(const unsigned char digest[SHA256_SIZE])
{
	unsigned bits = 0;

	while (bits < SHA256_SIZE * 8 && !(digest[bits / 8] & 0x80 >> bits % 8))
		bits++;
	return bits;
}

enum err
effort_gate(struct req *q)
{
	const char *id = json_string_value(json_object_get(q->input, "captcha_id"));
	const char *number = json_string_value(json_object_get(q->input, "effort"));
	unsigned char digest[SHA256_SIZE];

	if (effort_settings.bits == 0)
		return ERR_OK;
	if (id && number && *number && strlen(number) <= DIGITS_MAX &&
	    strspn(number, "0123456789") == strlen(number)) {
		const char *text = arena_printf(q->arena, "%.64s.%s", id, number);

		sha256(text, strlen(text), digest);
		if (zero_bits(digest) >= effort_settings.bits)
			return ERR_OK;
	}
	return refuse_field(q, "captcha", "页面没有准备好，请刷新页面后重试");
}
