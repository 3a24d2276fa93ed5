#include "fcgi/base/err.h"

static const struct err_info table[] = {
#define ERR(name, status, level, text) [ERR_##name] = { #name, status, level, text },
#include "fcgi/base/err.def"
#ifdef PROGRAM_ERRORS
#include PROGRAM_ERRORS
#endif
#undef ERR
};

const struct err_info *
err_info(enum err e)
{
	return &table[e];
}
