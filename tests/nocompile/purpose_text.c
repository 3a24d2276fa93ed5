/* a purpose by its text instead of its row in sealed.def */
#include "handlers/common/sealing.h"

const char *f(const struct req *q, const char *phone);
const char *
f(const struct req *q, const char *phone)
{
	return seal_text(q, "unit.legal_phone", "7", phone);
}
