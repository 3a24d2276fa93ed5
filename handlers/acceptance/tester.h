#ifndef HANDLERS_ACCEPTANCE_TESTER_H
#define HANDLERS_ACCEPTANCE_TESTER_H

#include "fcgi/http/request.h"
#include "handlers/rules/form/acceptance_form.h"

/*
 * 测试人员证件号码 against its type, which is another field and so no row's to
 * judge. The number is kept in upper case; one that does not fit is
 * refused, which form_end() tells.
 */
void tester_check(struct req *q, struct acceptance_form *form);

#endif
