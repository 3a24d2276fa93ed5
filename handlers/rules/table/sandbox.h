#ifndef HANDLERS_RULES_TABLE_SANDBOX_H
#define HANDLERS_RULES_TABLE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the sandbox of the payment platform takes and answers: the rows of sandbox.def. */
enum sandbox_type {
#define TYPE(name, text) SANDBOX_TYPE_##name,
#include "handlers/rules/table/sandbox.def"
#undef TYPE
	SANDBOX_TYPE_COUNT
};

enum sandbox_service {
#define SERVICE(name, wire, title, text) SANDBOX_##name,
#include "handlers/rules/table/sandbox.def"
#undef SERVICE
	SANDBOX_SERVICE_COUNT
};

enum sandbox_code {
#define CODE(name, wire, text) SANDBOX_CODE_##name,
#include "handlers/rules/table/sandbox.def"
#undef CODE
	SANDBOX_CODE_COUNT
};

struct sandbox_service_info {
	const char *wire, *title, *text;
};

struct sandbox_field {
	enum sandbox_service service; /* SANDBOX_SERVICE_COUNT: every one */
	const char *name;
	bool required;
	enum sandbox_type type;
	const char *text;
};

struct sandbox_code_info {
	const char *wire, *text;
};

extern const struct sandbox_service_info sandbox_services[SANDBOX_SERVICE_COUNT];
extern const struct sandbox_code_info sandbox_codes[SANDBOX_CODE_COUNT];
extern const char *const sandbox_types[SANDBOX_TYPE_COUNT];
extern const struct sandbox_field sandbox_asks[], sandbox_answers[];
extern const size_t sandbox_asks_count, sandbox_answers_count;

#define SANDBOX_CLOCK (10 * 60)     /* seconds a request may be off, either way */
#define SANDBOX_AGE (7 * 24 * 3600) /* seconds an order is kept */

/* Is the text a value of that type? */
bool sandbox_value_ok(enum sandbox_type type, const char *text);
/* An amount in fen, of a text that is one (SANDBOX_TYPE_AMOUNT). */
int64_t sandbox_amount(const char *text);

#endif
