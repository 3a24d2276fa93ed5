#include "handlers/site/forms.h"

#include "fcgi/base/array.h"
#include "handlers/rules/form/acceptance_form.h"
#include "handlers/rules/form/account_form.h"
#include "handlers/rules/form/admin_form.h"
#include "handlers/rules/form/application_form.h"
#include "handlers/rules/form/certification_form.h"
#include "handlers/rules/form/key_form.h"
#include "handlers/rules/form/message_form.h"
#include "handlers/rules/form/operator_form.h"
#include "handlers/rules/form/review_form.h"

/* One line per form. */
const struct form *const forms[] = {
	&acceptance_form,
	&application_form,
	&batch_form,
	&selftest_form,
	&calendar_day_form,
	&channel_key_form,
	&claim_form,
	&decision_form,
	&desk_target_form,
	&discard_form,
	&draft_form,
	&import_run_form,
	&key_reveal_form,
	&opinion_template_form,
	&pin_form,
	&reissue_form,
	&reveal_form,
	&revocation_form,
	&saved_filter_form,
	&submission_form,
	&register_unit_form,
	&register_operator_form,
	&login_unit_form,
	&login_operator_form,
	&login_officer_form,
	&totp_form,
	&sms_code_form,
	&choose_unit_form,
	&choose_institution_form,
	&password_change_form,
	&password_reset_account_form,
	&password_reset_form,
	&operator_reset_form,
	&certification_form,
	&confirmation_form,
	&invitation_look_form,
	&invitation_accept_form,
	&invitation_refuse_form,
	&operator_add_form,
	&grants_form,
	&transfer_form,
	&message_form,
	&message_sms_form,
#define CATALOGUE(name, NAME, path, title, about, search, read, write) &name##_row_form,
#include "handlers/rules/table/catalogue.def"
#undef CATALOGUE
	&staff_add_form,
	&staff_change_form,
	&staff_disable_form,
	NULL,
};
const size_t forms_count = COUNT(forms) - 1;
