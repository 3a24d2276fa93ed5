#ifndef HANDLERS_RULES_TABLE_KINDS_H
#define HANDLERS_RULES_TABLE_KINDS_H

#include <stddef.h>
#include <stdint.h>

/*
 * The small lists of the domain that are neither states nor roles: businesses,
 * certification, environments, kinds of sheet, slots of uploads.
 */

enum business {
#define BUSINESS(code, name, wire, text) BUSINESS_##name = (code),
#include "handlers/rules/procedure/business.def"
#undef BUSINESS
};

enum certification {
#define CERTIFICATION(code, name, wire, text) CERTIFICATION_##name = (code),
#include "handlers/rules/table/certification.def"
#undef CERTIFICATION
};

enum environment { ENVIRONMENT_TEST = 1, ENVIRONMENT_FORMAL = 2 };
enum sheet_kind { SHEET_PAYMENT = 1, SHEET_IDENTITY = 2 };
/* As addresses and answers name them: handlers/sheet/offer.h. */
#define ENVIRONMENT_WORDS "test formal"
#define SHEET_KIND_WORDS "payment identity"

struct kind_info {
	int code;
	const char *wire, *text;
};
/* Lists end with a row whose wire is NULL. */
extern const struct kind_info businesses[];
extern const struct kind_info roles[]; /* role.def; enum role is in role.h */
extern const struct kind_info certifications[];
/* The row of a code or of a wire name; NULL when there is none. */
const struct kind_info *kind_by_code(const struct kind_info *list, int code);
const struct kind_info *kind_by_wire(const struct kind_info *list, const char *wire);
/* Their wire names, separated by blanks: `words` of fcgi/http/answer.h. */
extern const char business_words[], role_words[], certification_words[];

/* What a file can be, by its content. */
enum file_kind {
	KIND_PDF = 1 << 0,
	KIND_JPG = 1 << 1,
	KIND_PNG = 1 << 2,
	KIND_MP4 = 1 << 3,
	KIND_ZIP = 1 << 4,
	KIND_RAR = 1 << 5,
	KIND_DOC = 1 << 6,
	KIND_DOCX = 1 << 7,
};

struct slot {
	const char *name;
	int64_t max_bytes;      /* inclusive */
	const char *extensions; /* lower case, separated by blanks */
	unsigned kinds;         /* enum file_kind */
	const char *text;       /* as people read it */
};
extern const struct slot slots[];
extern const size_t slots_count;
const struct slot *slot_by_name(const char *name); /* NULL when there is none */

/* "hospital" or "pharmacy", by the letter of a 定点医药机构编码. */
const char *institution_kind(const char *code);
#define INSTITUTION_KIND_WORDS "hospital pharmacy"

#endif
