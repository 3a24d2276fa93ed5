#include "handlers/routes.h"

/* The program's gates, in the order they are asked. */
const struct gate_row domain_gates[] = {
	{ 0, NULL },
};
const size_t domain_gates_count = 0;
