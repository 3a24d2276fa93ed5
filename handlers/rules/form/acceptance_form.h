#ifndef HANDLERS_RULES_FORM_ACCEPTANCE_FORM_H
#define HANDLERS_RULES_FORM_ACCEPTANCE_FORM_H

#include <stdint.h>

#include "fcgi/http/form.h"

/*
 * The 验收单 (ACC-10 … ACC-20). Which fields it asks depends on the institution
 * and on the 申请单, neither of which is a field here, so "@kind" is
 * <kind>_<business_type>: hospital_auth, hospital_mixed, pharmacy_auth or
 * pharmacy_mixed; whoever renders the form evaluates "@kind" with that value.
 *
 * One member per row. File members hold the key of an upload, or NULL.
 */
struct acceptance_form {
	const char *order_no;
	const char *proof;
	const char *auth_code;
	const char *tester_name;
	const char *tester_id_type;
	const char *tester_id_no;
	const char *video_clinic;
	const char *video_booking;
	const char *video_purchase;
	const char *video_other;
	const char *test_report;
	int64_t version; /* of the row the person was looking at */
};

extern const struct form acceptance_form;

#endif
