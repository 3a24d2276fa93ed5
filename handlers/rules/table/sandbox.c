#include "handlers/rules/table/sandbox.h"

#include <string.h>

#include "fcgi/base/array.h"

#define YUAN_DIGITS 9
#define NUMBER_MAX 40
#define ORDER_SIZE 30

const struct sandbox_service_info sandbox_services[SANDBOX_SERVICE_COUNT] = {
#define SERVICE(name, wire, title, text) { wire, title, text },
#include "handlers/rules/table/sandbox.def"
#undef SERVICE
};

const struct sandbox_code_info sandbox_codes[SANDBOX_CODE_COUNT] = {
#define CODE(name, wire, text) { wire, text },
#include "handlers/rules/table/sandbox.def"
#undef CODE
};

const char *const sandbox_types[SANDBOX_TYPE_COUNT] = {
#define TYPE(name, text) text,
#include "handlers/rules/table/sandbox.def"
#undef TYPE
};

const struct sandbox_field sandbox_asks[] = {
#define ASKS(service, name, required, type, text)                                                  \
	{ SANDBOX_##service, name, required, SANDBOX_TYPE_##type, text },
#include "handlers/rules/table/sandbox.def"
#undef ASKS
};
const size_t sandbox_asks_count = COUNT(sandbox_asks);

const struct sandbox_field sandbox_answers[] = {
#define ANSWERS(name, type, text) { SANDBOX_SERVICE_COUNT, name, true, SANDBOX_TYPE_##type, text },
#include "handlers/rules/table/sandbox.def"
#undef ANSWERS
};
const size_t sandbox_answers_count = COUNT(sandbox_answers);

/* Digits, and a point with one or two more; *ret_fen only of such a text. */
static bool
amount(const char *text, int64_t *ret_fen)
{
	size_t whole = strspn(text, "0123456789");
	const char *point = text + whole;
	size_t part = *point == '.' ? strspn(point + 1, "0123456789") : 0;
	int64_t fen = 0;

	if (!whole || whole > YUAN_DIGITS || part > 2 ||
	    (*point && (*point != '.' || !part || point[1 + part])))
		return false;
	for (size_t i = 0; i < whole; i++)
		fen = fen * 10 + (text[i] - '0');
	for (size_t i = 1; i <= 2; i++)
		fen = fen * 10 + (i <= part ? point[i] - '0' : 0);
	*ret_fen = fen;
	return fen > 0;
}

static bool
made_of(const char *text, const char *letters, size_t min, size_t max)
{
	size_t size = strlen(text);

	return size >= min && size <= max && strspn(text, letters) == size;
}

bool
sandbox_value_ok(enum sandbox_type type, const char *text)
{
	static const char digits[] = "0123456789";
	int64_t fen;

	switch (type) {
	case SANDBOX_TYPE_AMOUNT:
		return amount(text, &fen);
	case SANDBOX_TYPE_NUMBER:
		return made_of(text,
		    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-", 1,
		    NUMBER_MAX);
	case SANDBOX_TYPE_ORG:
		return (*text == 'H' || *text == 'P') && made_of(text + 1, digits, 11, 11);
	case SANDBOX_TYPE_ORDER:
		return strncmp(text, "ORD", 3) == 0 &&
		       made_of(text + 3, digits, ORDER_SIZE - 3, ORDER_SIZE - 3);
	case SANDBOX_TYPE_STATE:
	case SANDBOX_TYPE_COUNT:
		break;
	}
	return false;
}

int64_t
sandbox_amount(const char *text)
{
	int64_t fen;

	return amount(text, &fen) ? fen : 0;
}
