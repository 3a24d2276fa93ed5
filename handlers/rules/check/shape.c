#include "handlers/rules/check/shape.h"

#include <string.h>

char
shape_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

int
shape_uscc_value(char c)
{
	static const char symbols[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	const char *found = c ? strchr(symbols, shape_upper(c)) : NULL;

	return found ? (int)(found - symbols) : -1;
}

static bool
fits(char c, char shape)
{
	char u = shape_upper(c);
	bool digit = u >= '0' && u <= '9', letter = u >= 'A' && u <= 'Z';

	switch (shape) {
	case '#':
		return digit;
	case '?':
		return digit || u == 'X';
	case '@':
		return letter;
	case '*':
		return digit || letter;
	case '%':
		return digit || (letter && u <= 'F');
	case '&':
		return shape_uscc_value(c) >= 0;
	default:
		return u == shape;
	}
}

bool
shaped(const char *text, const char *shape)
{
	while (*shape)
		if (!fits(*text++, *shape++))
			return false; /* also at the end of text: NUL fits nothing */
	return *text == '\0';
}

int64_t
shape_number(const char *digits, size_t count)
{
	int64_t value = 0;

	for (size_t i = 0; i < count; i++)
		value = value * 10 + (digits[i] - '0');
	return value;
}
