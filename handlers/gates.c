#include "handlers/deed.h"
#include "handlers/routes.h"

/* The program's gates, in the order they are asked. */
const struct gate_row domain_gates[] = {
	{ GATE_ONCE, deed_gate_once },
};
const size_t domain_gates_count = sizeof(domain_gates) / sizeof(domain_gates[0]);
