#ifndef HANDLERS_UNIT_UNIT_ANSWER_H
#define HANDLERS_UNIT_UNIT_ANSWER_H

#include "fcgi/http/answer.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/unit.h"

/* What is shown of a unit, its personal data masked. */
struct unit_answer {
	struct unit row;
	const char *region_name, *legal_name, *legal_id_no, *legal_phone, *certification;
};

/* clang-format off */
/*
 * Its rows, in the table of a struct that has it at `at` ("unit.", or nothing); what follows stands
 * in each but that of the name, which everybody may read.
 */
#define UNIT_ROWS(type, at, ...)                                                                   \
	ANSWER_AS(type, at row.name, "name"),                                                      \
	ANSWER_AS(type, at row.kind, "kind", .words = INSTITUTION_KIND_WORDS, __VA_ARGS__),        \
	ANSWER_AS(type, at row.region_code, "region", __VA_ARGS__),                                \
	ANSWER_AS(type, at region_name, "region_name", .about = "in full, province first",         \
	    __VA_ARGS__),                                                                          \
	ANSWER_AS(type, at row.uscc, "uscc", .about = "统一社会信用代码", __VA_ARGS__),            \
	ANSWER_AS(type, at row.address, "address", __VA_ARGS__),                                   \
	ANSWER_AS(type, at row.postcode, "postcode", .null = true, __VA_ARGS__),                   \
	ANSWER_AS(type, at legal_name, "legal_name", .about = "masked", __VA_ARGS__),              \
	ANSWER_AS(type, at row.legal_id_type, "legal_id_type", .words = id_type_words,             \
	    __VA_ARGS__),                                                                          \
	ANSWER_AS(type, at legal_id_no, "legal_id_no", .about = "masked", __VA_ARGS__),            \
	ANSWER_AS(type, at legal_phone, "legal_phone", .about = "masked", __VA_ARGS__),            \
	ANSWER_AS(type, at certification, "certification", .words = certification_words,           \
	    __VA_ARGS__)
/* clang-format on */

/* As others see it: officers all of it, everybody else its name, which the row alone has. */
extern const struct answer unit_view_answer;

/* The rest, from `row`. */
MUST_CHECK enum err unit_answer_fill(struct req *q, struct unit_answer *answer);

#endif
