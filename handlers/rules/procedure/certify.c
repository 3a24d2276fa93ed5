#include "handlers/rules/procedure/certify.h"

#include <string.h>

#include "handlers/rules/check/fold.h"

static unsigned
compared(struct arena *arena, const char *given, const char *other)
{
	if (!given || !other)
		return MARK_UNKNOWN;
	return strcmp(fold_name(arena, given), fold_name(arena, other)) == 0 ? MARK_AGREES
									     : MARK_DIFFERS;
}

void
certify_catalogue(struct arena *arena, const char *uscc, const struct certified *unit,
    const struct certified *row, struct unit_checks *ret)
{
	static const struct certified none;
	const struct certified *r = row ? row : &none;
	const char *const given[] = { [CHECKED_USCC] = uscc,
		[CHECKED_NAME] = unit->name,
		[CHECKED_KIND] = unit->kind,
		[CHECKED_REGION] = unit->region,
		[CHECKED_LEGAL] = unit->legal_name };
	const char *const other[] = { [CHECKED_USCC] = row ? uscc : NULL,
		[CHECKED_NAME] = r->name,
		[CHECKED_KIND] = r->kind,
		[CHECKED_REGION] = r->region,
		[CHECKED_LEGAL] = r->legal_name };

	*ret = (struct unit_checks){ 0 };
	for (enum checked f = CHECKED_USCC; f <= CHECKED_LEGAL; f++)
		ret->of[f] = (struct field_check){ .field = f,
			.given = given[f],
			.catalogue = other[f],
			.by_catalogue = compared(arena, given[f], other[f]) };
	ret->of[CHECKED_AGREEMENT].field = CHECKED_AGREEMENT;
}

size_t
certify_agreeing(const struct unit_checks *checks)
{
	size_t count = 0;

	for (size_t f = 1; f < CHECKS_MAX; f++)
		count += checks->of[f].by_catalogue == MARK_AGREES;
	return count;
}

void
certify_licence(struct arena *arena, const char *text, struct unit_checks *checks)
{
	struct field_check *code = &checks->of[CHECKED_USCC], *name = &checks->of[CHECKED_NAME];

	code->by_licence = name->by_licence = MARK_UNKNOWN;
	if (!text)
		return;
	code->by_licence = strstr(fold_code(arena, text), fold_code(arena, code->given))
			       ? MARK_AGREES
			       : MARK_DIFFERS;
	name->by_licence = strstr(fold_name(arena, text), fold_name(arena, name->given))
			       ? MARK_AGREES
			       : MARK_DIFFERS;
}

/* ---- in words ------------------------------------------------------------------- */

enum column { BY_CATALOGUE, BY_REGISTRY, BY_LICENCE };

static unsigned
mark_of(const struct field_check *c, enum column column)
{
	return column == BY_CATALOGUE  ? c->by_catalogue
	       : column == BY_REGISTRY ? c->by_registry
				       : c->by_licence;
}

/* "单位名称、机构类型"; NULL for none. */
static const char *
named(struct arena *arena, const struct unit_checks *checks, enum column column,
    enum check_mark mark)
{
	const char *names = NULL;

	for (size_t f = CHECKED_USCC; f <= CHECKED_LEGAL; f++) {
		const char *text = kind_by_code(checked_fields, (int)f)->text;

		if (mark_of(&checks->of[f], column) == mark)
			names = names ? arena_printf(arena, "%s、%s", names, text) : text;
	}
	return names;
}

static void
add(struct arena *arena, const char **reason, const char *before, const char *what,
    const char *after)
{
	if (what)
		*reason = arena_printf(arena, "%s%s%s%s%s", *reason ? *reason : "",
		    *reason ? "；" : "", before, what, after);
}

const char *
certify_obstacle(struct arena *arena, const struct unit_checks *checks, enum registry registry)
{
	const struct field_check *code = &checks->of[CHECKED_USCC];
	const char *reason = NULL;
	const char *differs = named(arena, checks, BY_REGISTRY, MARK_DIFFERS);
	const char *unknown = named(arena, checks, BY_REGISTRY, MARK_UNKNOWN);

	if (code->by_catalogue != MARK_AGREES)
		add(arena, &reason, "", "定点医药机构目录中没有本单位的统一社会信用代码", "");
	add(arena, &reason, "",
	    checks->of[CHECKED_AGREEMENT].by_catalogue == MARK_DIFFERS
		? checks->of[CHECKED_AGREEMENT].catalogue
		: NULL,
	    "");
	add(arena, &reason, "", named(arena, checks, BY_CATALOGUE, MARK_DIFFERS),
	    "与定点医药机构目录不一致");
	add(arena, &reason, "", differs, "与企业信息核验结果不一致");
	if (registry == REGISTRY_AWAY)
		add(arena, &reason, "", "企业信息核验暂不可用", "");
	else if (registry == REGISTRY_ANSWERED)
		add(arena, &reason, "企业信息核验未能核对", unknown, "");
	add(arena, &reason, "营业执照中未识别到", named(arena, checks, BY_LICENCE, MARK_DIFFERS),
	    "");
	if (code->by_licence == MARK_UNKNOWN)
		add(arena, &reason, "", "营业执照未能读出", "");
	return reason;
}
