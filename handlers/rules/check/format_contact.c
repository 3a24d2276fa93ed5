/* The checks of format.h for what people say of themselves: phones, e-mail, account, password. */
#include <string.h>
#include <strings.h>

#include "fcgi/base/array.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/check/shape.h"

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/* ---- phones ------------------------------------------------------------------ */

bool
mobile_normalise(const char *text, char ret[MOBILE_SIZE])
{
	char typed[sizeof("+8613800138000")];
	size_t length = 0;

	for (; *text; text++) {
		if (*text == ' ')
			continue;
		if (length == sizeof(typed) - 1)
			return false;
		typed[length++] = *text;
	}
	typed[length] = '\0';

	const char *digits = typed;
	if (strncmp(digits, "+86", 3) == 0)
		digits += 3;
	else if (strncmp(digits, "86", 2) == 0)
		digits += 2; /* no mobile number begins with 8 */
	if (!shaped(digits, "1##########") || digits[1] < '3')
		return false;
	memcpy(ret, digits, MOBILE_SIZE);
	return true;
}

static bool
mobile(const char *text)
{
	char ignored[MOBILE_SIZE];

	return mobile_normalise(text, ignored);
}

/* Up to `most` digits from *text on, and past them; false when fewer than `least`. */
static bool
take_digits(const char **text, size_t least, size_t most)
{
	size_t count = strspn(*text, DIGITS);

	*text += count;
	return count >= least && count <= most;
}

/* 0, an area code of 2 or 3 more digits, 7 or 8 digits, perhaps an extension of up to 6. */
static bool
landline(const char *text)
{
	const char *hyphen = strchr(text, '-');
	bool ok;

	if (*text != '0')
		return false;
	if (hyphen && hyphen - text <= 4) {
		ok = take_digits(&text, 3, 4);
		text++;
		ok = ok && take_digits(&text, 7, 8);
	} else {
		ok = take_digits(&text, 10, 12);
	}
	if (ok && *text == '-') {
		text++;
		ok = take_digits(&text, 1, 6);
	}
	return ok && *text == '\0';
}

static bool
service_number(const char *text)
{
	return (text[0] == '4' || text[0] == '8') &&
	       (shaped(text, "#00#######") || shaped(text, "#00-#######") ||
		   shaped(text, "#00-###-####"));
}

bool
contact_phone_normalise(const char *text, char ret[CONTACT_PHONE_SIZE])
{
	if (mobile_normalise(text, ret))
		return true;
	if (!landline(text) && !service_number(text))
		return false;
	memcpy(ret, text, strlen(text) + 1); /* neither is longer than CONTACT_PHONE_SIZE */
	return true;
}

static bool
contact_phone(const char *text)
{
	char ignored[CONTACT_PHONE_SIZE];

	return contact_phone_normalise(text, ignored);
}

static char *
mobile_copy(struct arena *arena, const char *text)
{
	char digits[MOBILE_SIZE];

	return mobile_normalise(text, digits) ? arena_strndup(arena, digits, strlen(digits)) : NULL;
}

static char *
contact_phone_copy(struct arena *arena, const char *text)
{
	char phone[CONTACT_PHONE_SIZE];

	return contact_phone_normalise(text, phone) ? arena_strndup(arena, phone, strlen(phone))
						    : NULL;
}

static bool
postcode(const char *text)
{
	return shaped(text, "######");
}

/* ---- e-mail ------------------------------------------------------------------ */

#define EMAIL_MAX 100

/* Parts of 1 to `most` of the allowed characters, single dots between. *ret_parts: how many. */
static bool
dotted(const char *text, size_t length, const char *allowed, size_t most, size_t *ret_parts)
{
	size_t parts = 0;

	for (const char *end = text + length; text <= end; text++, parts++) {
		size_t part = strspn(text, allowed);

		if (part < 1 || part > most || part > (size_t)(end - text))
			return false;
		text += part;
		if (text < end && *text != '.')
			return false;
	}
	*ret_parts = parts;
	return true;
}

/* RFC 5321's Mailbox without quoted parts and address literals, at most 100 characters. */
static bool
email(const char *text)
{
	const char *at = strchr(text, '@');
	size_t parts;

	if (!at || strlen(text) > 100 || at - text > 64 ||
	    !dotted(text, (size_t)(at - text), LETTERS DIGITS "!#$%&'*+/=?^_`{|}~-", 64, &parts))
		return false;

	const char *domain = at + 1, *last;
	if (!dotted(domain, strlen(domain), LETTERS DIGITS "-", 63, &parts) || parts < 2)
		return false;
	for (const char *c = domain; *c; c++)
		if (*c == '-' && (c == domain || c[-1] == '.' || c[1] == '.' || c[1] == '\0'))
			return false;
	last = strrchr(domain, '.') + 1; /* no country is all digits, no country is one letter */
	return strlen(last) >= 2 && strpbrk(last, LETTERS);
}

/* ---- account and password ------------------------------------------------------ */

/* One box takes account or 统一社会信用代码 (LOG-3), so an account must not look like the other. */
static bool
account(const char *text)
{
	size_t length = strlen(text);

	return length >= 4 && length <= 32 && strspn(text, LETTERS DIGITS "_.@-") == length &&
	       !shaped(text, "&&######&&&&&&&&&&");
}

#define PASSWORD_MAX 16

static const char *const common_passwords[] = {
#define COMMON(password) password,
#include "handlers/rules/check/common_password.def"
#undef COMMON
};

/* Is it on the list, in whatever case? The list is sorted. */
static bool
is_common(const char *password)
{
	size_t low = 0, high = COUNT(common_passwords);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcasecmp(password, common_passwords[middle]);

		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

static bool
password(const char *text)
{
	size_t length = strlen(text);

	if (length < 8 || length > PASSWORD_MAX)
		return false;
	for (const char *c = text; *c; c++)
		if (*c < ' ' || *c > '~')
			return false;
	return strpbrk(text, LETTERS) && strpbrk(text, DIGITS) && !is_common(text);
}

const struct format format_mobile = { "mobile", mobile, mobile_copy };
const struct format format_contact_phone = { "contact_phone", contact_phone, contact_phone_copy };
const struct format format_postcode = { "postcode", postcode, NULL };
const struct format format_email = { "email", email, NULL };
const struct format format_account = { "account", account, NULL };
const struct format format_password = { "password", password, NULL };
