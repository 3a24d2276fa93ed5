#ifndef HANDLERS_RULES_PROCEDURE_ROLE_H
#define HANDLERS_RULES_PROCEDURE_ROLE_H

enum role {
	ROLE_NONE = 0, /* nobody is signed in */
#define ROLE(code, name, wire, text) ROLE_##name = (code),
#include "handlers/rules/procedure/role.def"
#undef ROLE
};

#endif
