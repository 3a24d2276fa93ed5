#ifndef HANDLERS_RULES_PROCEDURE_CERTIFY_H
#define HANDLERS_RULES_PROCEDURE_CERTIFY_H

#include <stddef.h>

#include "fcgi/base/arena.h"
#include "handlers/rules/table/kinds.h"

/*
 * 资质认证: what a unit says of itself against the catalogue, 企业信息核验 and the licence. All
 * of it agrees, or a bureau's officer decides, who sees this table. Pure; texts are in the arena.
 */

/* What the unit says, and one row of the catalogue with the same 统一社会信用代码. NULL: it has none. */
struct certified {
	const char *name;
	const char *kind;   /* "hospital" or "pharmacy" */
	const char *region; /* six digits */
	const char *legal_name;
};

/* enum checked counts from 1. 0 of a mark: nobody was asked. */
#define CHECKS_MAX (CHECKED_AGREEMENT + 1)

struct field_check {
	enum checked field;
	const char *given, *catalogue;                  /* as compared; NULL where there is none */
	unsigned by_catalogue, by_registry, by_licence; /* enum check_mark, or 0 */
};

struct unit_checks {
	struct field_check of[CHECKS_MAX]; /* by enum checked; [0] is nothing */
};

/* Fills what the unit says and by_catalogue of all but 定点协议. row NULL: the catalogue has no such code. */
void certify_catalogue(struct arena *arena, const char *uscc, const struct certified *unit,
    const struct certified *row, struct unit_checks *ret);
/* How many of them agree: of several rows, that with the most is meant. */
size_t certify_agreeing(const struct unit_checks *checks);
/* text: of the licence; NULL: it could not be read. What is not found there differs. */
void certify_licence(struct arena *arena, const char *text, struct unit_checks *checks);
/* Whether 企业信息核验 said anything: a host may have none, and one that does may not reach it. */
enum registry { REGISTRY_NONE, REGISTRY_AWAY, REGISTRY_ANSWERED };

/* What keeps it from passing by itself, in words; NULL: nothing does. */
const char *
certify_obstacle(struct arena *arena, const struct unit_checks *checks, enum registry registry);

#endif
