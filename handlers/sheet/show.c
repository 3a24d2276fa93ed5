#include <string.h>

#include "handlers/sheet/sheet.h"

enum err
sheet_show(struct req *q)
{
	return refuse(q, ERR_UNAVAILABLE, NULL);
}
