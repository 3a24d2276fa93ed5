/* a function that is banned */
#include "fcgi/banned.h"

int f(const char *text);
int
f(const char *text)
{
	return atoi(text);
}
