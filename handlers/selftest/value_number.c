/* Numbers as languages print them again after reading them. */
#include "handlers/selftest/value_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MAX 17 /* of a double, decimal */

/* The shortest digits that read as this number, without the point, and where it stands. */
static void
shortest(double number, char ret_digits[DIGITS_MAX + 1], int *ret_point)
{
	char text[40];

	for (int size = 1; size <= DIGITS_MAX; size++) {
		snprintf(text, sizeof(text), "%.*e", size - 1, number);
		if (strtod(text, NULL) >= number && strtod(text, NULL) <= number)
			break;
	}
	const char *mark = strchr(text, 'e');
	size_t n = 0;
	for (const char *c = text; c < mark && n < DIGITS_MAX; c++)
		if (*c != '.')
			ret_digits[n++] = *c;
	ret_digits[n] = '\0';
	*ret_point = (int)strtol(mark + 1, NULL, 10) + 1;
}

/* Without an exponent; `part`: with at least one digit behind the point. */
static void
put_plain(struct written *out, const char *digits, int point, bool part)
{
	int size = (int)strlen(digits);

	if (point <= 0)
		text_say(out, "0.");
	for (int i = point; i < 0; i++)
		text_say(out, "0");
	for (int i = 0; i < size; i++) {
		if (i == point && point > 0)
			text_say(out, ".");
		text_put(out, digits + i, 1);
	}
	for (int i = size; i < point; i++)
		text_say(out, "0");
	if (part && point >= size)
		text_say(out, ".0");
}

static void
put_exponent(struct written *out, const char *digits, int point, bool java)
{
	char tail[16];

	text_put(out, digits, 1);
	if (digits[1] || java)
		text_say(out, ".");
	text_say(out, digits[1] ? digits + 1 : java ? "0" : "");
	snprintf(tail, sizeof(tail), java ? "E%d" : "e%+d", point - 1);
	text_say(out, tail);
}

static void
put_double(struct written *out, const char *text, bool java)
{
	char digits[DIGITS_MAX + 1];
	double number = strtod(text, NULL), size = fabs(number);
	int point;

	if (!isfinite(number)) {
		text_say(out, text);
		return;
	}
	if (number < 0)
		text_say(out, "-");
	if (size <= 0) {
		text_say(out, java ? "0.0" : "0");
		return;
	}
	shortest(size, digits, &point);
	if (java ? size >= 1e-3 && size < 1e7 : size >= 1e-6 && size < 1e21)
		put_plain(out, digits, point, java);
	else
		put_exponent(out, digits, point, java);
}

/* Decimal digits with as many behind the point as there must be, when none has to go. */
static void
put_cents(struct written *out, const char *text)
{
	const char *point = strchr(text, '.');
	size_t part = point ? strlen(point + 1) : 0;

	text_say(out, text);
	if (text[strspn(text, "-0123456789.")] || part >= 2)
		return;
	text_say(out, point ? "0" : ".00");
}

void
value_put_number(struct written *out, const char *digits, enum value_numbers numbers)
{
	bool decimal = !digits[strspn(digits, "-0123456789.")];
	bool whole = decimal && !strchr(digits, '.');
	size_t size = strlen(digits);

	switch (numbers) {
	case NUMBERS_SCRIPT:
	case NUMBERS_JAVA:
		put_double(out, digits, numbers == NUMBERS_JAVA);
		return;
	case NUMBERS_CENTS:
		put_cents(out, digits);
		return;
	case NUMBERS_SHORT:
		while (decimal && !whole && digits[size - 1] == '0')
			size--;
		size -= digits[size - 1] == '.';
		break;
	case NUMBERS_AS_SENT:
	case NUMBERS_DOUBLE:
		break;
	}
	text_put(out, digits, size);
	if (numbers == NUMBERS_DOUBLE && whole)
		text_say(out, ".0");
}
