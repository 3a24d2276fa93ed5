/* a member of a type no field has */
#include "fcgi/http/form.h"

struct thing {
	double price;
};
const struct field f[] = { FIELD(struct thing, price, .label = "价格") };
