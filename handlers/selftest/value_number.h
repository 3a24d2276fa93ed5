#ifndef HANDLERS_SELFTEST_VALUE_NUMBER_H
#define HANDLERS_SELFTEST_VALUE_NUMBER_H

#include "handlers/selftest/value.h"

/* How a number is printed again by what read it. */
enum value_numbers {
	NUMBERS_AS_SENT,
	NUMBERS_DOUBLE, /* 3 as 3.0, as Gson reads them */
	NUMBERS_SHORT,  /* 12.50 as 12.5, 3.0 as 3 */
	NUMBERS_CENTS,  /* 12.5 as 12.50, 3 as 3.00 */
	NUMBERS_SCRIPT, /* as JavaScript prints its numbers: 1e2 as 100 */
	NUMBERS_JAVA    /* as Java prints a double: 3 as 3.0, 12345678 as 1.2345678E7 */
};

/* Appends the digits of a number as that way has them; what is too large for it as it is. */
void value_put_number(struct written *out, const char *digits, enum value_numbers numbers);

#endif
