/* a kind of field without its case, as a new one in the enum would be */
#include "fcgi/http/form.h"

int f(enum field_type type);
int
f(enum field_type type)
{
	switch (type) {
	case FIELD_TEXT:
	case FIELD_INTEGER:
	case FIELD_BOOL:
		return 1;
	}
	return 0;
}
