#include "handlers/rules/check/format.h"

#include <string.h>
#include <strings.h>

#include "fcgi/base/array.h"
#include "handlers/rules/check/name.h"
#include "handlers/rules/check/shape.h"
#include "handlers/rules/procedure/date.h"

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

char *
format_upper(char *text)
{
	for (char *c = text; *c; c++)
		*c = shape_upper(*c);
	return text;
}

static char *
upper_copy(struct arena *arena, const char *text)
{
	return format_upper(arena_strndup(arena, text, strlen(text)));
}

/* ---- institutions and their papers ------------------------------------------ */

/*
 * GB 32100-2015. The symbols before the last are summed with weights 3^0, 3^1
 * ... modulo 31; the last makes that sum a multiple of 31.
 */
static bool
uscc(const char *text)
{
	unsigned sum = 0, weight = 1;

	if (!shaped(text, "&&######&&&&&&&&&&"))
		return false;
	for (size_t i = 0; i < 17; i++) {
		sum += (unsigned)shape_uscc_value(text[i]) * weight;
		weight = weight * 3 % 31;
	}
	return (sum + (unsigned)shape_uscc_value(text[17])) % 31 == 0;
}

static bool
institution_code(const char *text)
{
	return shaped(text, "H###########") || shaped(text, "P###########");
}

/* ORD, 6 digits of region, yyyyMMddHHmmss, 7 digits of sequence. */
bool
order_no_time(const char *text, int64_t *ret_unix)
{
	if (!shaped(text, "ORD###########################"))
		return false;
	int64_t day = shape_number(text + 9, 8), hour = shape_number(text + 17, 2);
	int64_t minute = shape_number(text + 19, 2), second = shape_number(text + 21, 2);

	if (!date_real(day) || hour > 23 || minute > 59 || second > 59)
		return false;
	*ret_unix = date_begin(day) + hour * 3600 + minute * 60 + second;
	return true;
}

static bool
order_no(const char *text)
{
	int64_t ignored;

	return order_no_time(text, &ignored);
}

static bool
auth_code(const char *text)
{
	return shaped(text, "%%%%%%%%-%%%%-%%%%-%%%%-%%%%%%%%%%%%");
}

static char *
lower_copy(struct arena *arena, const char *text)
{
	char *copy = arena_strndup(arena, text, strlen(text));

	for (char *c = copy; *c; c++)
		if (*c >= 'A' && *c <= 'F')
			*c = (char)(*c - 'A' + 'a');
	return copy;
}

static bool
application_number(const char *text)
{
	return strlen(text) == 32 && strspn(text, "0123456789abcdef") == 32;
}

static bool
date(const char *text)
{
	int64_t ignored;

	return date_parse(text, &ignored);
}

const struct format format_uscc = { "uscc", uscc, upper_copy };
const struct format format_institution_code = { "institution_code", institution_code, upper_copy };
const struct format format_order_no = { "order_no", order_no, upper_copy };
const struct format format_auth_code = { "auth_code", auth_code, lower_copy };
const struct format format_application_number = { "application_number", application_number, NULL };
const struct format format_date = { "date", date, NULL };

/* ---- people's papers ----------------------------------------------------------- */

/* 17 digits and a check character by ISO 7064 MOD 11-2, whoever issued it. */
static bool
mod_11_2(const char *text)
{
	static const unsigned weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	unsigned sum = 0;

	if (!shaped(text, "#################?"))
		return false;
	for (size_t i = 0; i < 17; i++)
		sum += (unsigned)(text[i] - '0') * weights[i];
	return shape_upper(text[17]) == "10X98765432"[sum % 11];
}

/*
 * GB 11643-1999. The first six digits are not looked up: abolished codes live
 * on in people's numbers.
 */
static bool
id_card(const char *text)
{
	return mod_11_2(text) && date_real(shape_number(text + 6, 8));
}

static bool
hkmo_permit(const char *text)
{
	return shaped(text, "H########") || shaped(text, "M########") ||
	       shaped(text, "H##########") || shaped(text, "M##########");
}

static bool
tw_permit(const char *text)
{
	return shaped(text, "########") || shaped(text, "##########") ||
	       shaped(text, "##########*");
}

static bool
hkmotw_residence(const char *text)
{
	return mod_11_2(text) &&
	       (strncmp(text, "810000", 6) == 0 || strncmp(text, "820000", 6) == 0 ||
		   strncmp(text, "830000", 6) == 0);
}

/* The card of 2023 has a number like a citizen's; the older ones stay valid. */
static bool
foreign_pr(const char *text)
{
	return (text[0] == '9' && mod_11_2(text)) || shaped(text, "@@@############");
}

static bool
passport(const char *text)
{
	static const char longest[] = "***************";
	size_t length = strlen(text);

	return length >= 5 && length < sizeof(longest) &&
	       shaped(text, longest + (sizeof(longest) - 1 - length));
}

static const struct format id_types[] = {
#define ID_TYPE(code, text) { #code, code, upper_copy },
#include "handlers/rules/table/id_type.def"
#undef ID_TYPE
};

const char id_type_words[] =
#define ID_TYPE(code, text) " " #code
#include "handlers/rules/table/id_type.def"
#undef ID_TYPE
    ;

const struct choice id_type_choices[] = {
#define ID_TYPE(code, text) { #code, text, NULL },
#include "handlers/rules/table/id_type.def"
#undef ID_TYPE
	{ NULL, NULL, NULL },
};

const struct format *
id_type_format(const char *type)
{
	for (size_t i = 0; i < COUNT(id_types); i++)
		if (strcmp(id_types[i].name, type) == 0)
			return &id_types[i];
	return NULL;
}

bool
id_number_valid(const char *type, const char *text)
{
	const struct format *found = id_type_format(type);

	return found && found->check(text);
}

bool
id_number_same(const char *type, const char *a, const char *b)
{
	if (strcmp(type, "hkmo_permit") == 0)
		return strncasecmp(a, b, 9) == 0;
	return strcasecmp(a, b) == 0;
}

bool
id_card_born_by(const char *text, int64_t yyyymmdd)
{
	return id_card(text) && shape_number(text + 6, 8) <= yyyymmdd;
}

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
const struct format format_unit_name = { "unit_name", name_is_plain, NULL };
const struct format format_account = { "account", account, NULL };
const struct format format_password = { "password", password, NULL };
