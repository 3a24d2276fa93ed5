/* an argument of a type no statement takes */
#include "sql/db/db.h"

struct sql_value f(double price);
struct sql_value
f(double price)
{
	return V(price);
}
