/* a function that is banned */
#include "fcgi/base/banned.h"

int f(const char *text);
int
f(const char *text)
{
	return atoi(text);
}
