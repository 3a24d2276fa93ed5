#include "handlers/rules/procedure/region.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/check/shape.h"

#define DIGITS 6

bool
region_code_shaped(const char *code)
{
	return shaped(code, "######");
}

enum region_level
region_level(const char *code)
{
	if (strcmp(code, REGION_NATION_CODE) == 0)
		return REGION_NATION;
	if (strcmp(code + 2, "0000") == 0)
		return REGION_PROVINCE;
	return strcmp(code + 4, "00") == 0 ? REGION_PREFECTURE : REGION_COUNTY;
}

bool
region_is_direct(const char *code)
{
	return strcmp(code + 2, "9900") == 0 || strcmp(code + 4, "99") == 0;
}

bool
region_in_municipality(const char *code)
{
	static const char *const municipalities[] = { "11", "12", "31", "50" };

	for (size_t i = 0; i < COUNT(municipalities); i++)
		if (region_holds(municipalities[i], code))
			return true;
	return false;
}

bool
region_in_corps(const char *code)
{
	return region_holds("66", code);
}

/* The region of the first `kept` digits, zeros behind. */
static void
cut(const char *code, size_t kept, char ret[REGION_SIZE])
{
	char result[REGION_SIZE] = "000000"; /* code and ret may be the same */

	memcpy(result, code, kept);
	memcpy(ret, result, REGION_SIZE);
}

bool
region_parent(const char *code, char ret[REGION_SIZE])
{
	switch (region_level(code)) {
	case REGION_NATION:
		return false;
	case REGION_PROVINCE:
		memcpy(ret, REGION_NATION_CODE, REGION_SIZE);
		return true;
	case REGION_PREFECTURE:
		cut(code, 2, ret);
		return true;
	case REGION_COUNTY:
		cut(code, 4, ret);
		return true;
	}
	return false;
}

/* The first `length` digits as a prefix. */
static void
prefix_of(const char *code, size_t length, char ret[REGION_SIZE])
{
	memset(ret, 0, REGION_SIZE);
	memcpy(ret, code, length);
}

void
region_prefix(const char *code, char ret[REGION_SIZE])
{
	static const size_t lengths[] = {
		[REGION_NATION] = 0,
		[REGION_PROVINCE] = 2,
		[REGION_PREFECTURE] = 4,
		[REGION_COUNTY] = 6,
	};

	prefix_of(code, lengths[region_level(code)], ret);
}

void
region_of_prefix(const char *prefix, char ret[REGION_SIZE])
{
	if (*prefix)
		cut(prefix, strnlen(prefix, DIGITS), ret);
	else
		memcpy(ret, REGION_NATION_CODE, REGION_SIZE);
}

bool
region_holds(const char *prefix, const char *code)
{
	return strncmp(prefix, code, strlen(prefix)) == 0;
}

/* How many digits the prefix of the 地方 bureau has. */
static size_t
local_digits(const char *code)
{
	if (region_in_municipality(code) || strcmp(code + 2, "9900") == 0)
		return 2; /* the province's own bureau */
	if (strncmp(code + 2, "90", 2) == 0)
		return 6; /* a county that stands directly below the province */
	return 4;
}

bool
region_chain(const char *code, struct region_chain *ret)
{
	if (!region_code_shaped(code))
		return false;

	enum region_level level = region_level(code);
	bool of_municipality = region_in_municipality(code) && level == REGION_PREFECTURE;
	bool grouping = strcmp(code + 2, "9000") == 0 || of_municipality;

	if (level < REGION_PREFECTURE || (grouping && !region_is_direct(code)))
		return false;
	prefix_of(code, local_digits(code), ret->local);
	prefix_of(code, 2, ret->province);
	return true;
}

bool
region_has_desk(const char *code)
{
	struct region_chain chain;
	char prefix[REGION_SIZE];

	if (region_level(code) <= REGION_PROVINCE)
		return true;
	region_prefix(code, prefix);
	return region_chain(code, &chain) && strcmp(chain.local, prefix) == 0;
}
