#include "tests/fakes/applicant.h"

#include "fcgi/crypto/keyring.h"
#include "fcgi/http/session.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/slots.h"
#include "tests/fakes/people_store.h"

#define NUMBER "0123456789abcdef0123456789abcdef"

const char *applicant_number;
int64_t applicant_officer;

void
applicant_routed(struct req *q)
{
	q->key = applicant_number;
	if (applicant_officer)
		json_object_set_new(q->session->data, WHO_BUREAU, json_integer(applicant_officer));
}

void
applicant_file(const char *field, const char *slot)
{
	size_t i = 0;

	while (strcmp(slots[i].name, slot) != 0)
		i++;
	store.files[store.nfiles++] = (struct application_file){ .field = field,
		.upload_id = store_upload_key(i, APPLICANT_UNIT),
		.name = "示例",
		.digest = "00" };
}

const char *
applicant_sealed(const char *purpose, const char *text)
{
	return keyring_seal(visitor_q.keyring, visitor_q.arena, purpose, text);
}

json_t *
version_only(void)
{
	return json_pack("{si}", "version", APPLICANT_VERSION);
}

static struct application
row_in(enum state state, int64_t desk_bureau)
{
	return (struct application){
		.id = 42,
		.number = NUMBER,
		.version = APPLICANT_VERSION,
		.state = state,
		.unit_id = APPLICANT_UNIT,
		.operator_id = APPLICANT_ID,
		.institution_id = APPLICANT_INSTITUTION,
		.institution_code = "H44010300001",
		.institution_name = "示例医院",
		.region_code = "440103",
		.local_bureau = BUREAU_LOCAL,
		.province_bureau = BUREAU_PROVINCE,
		.nation_bureau = BUREAU_NATION,
		.desk_bureau = desk_bureau,
		.round = state != STATE_DRAFT,
		.business_type = "mixed",
		.shown_app_name = "示例医院",
	};
}

void
applicant_stands(enum state state, int64_t desk_bureau)
{
	visitor_clear();
	application_store_reset();
	applicant_officer = 0;
	applicant_number = NUMBER;
	people.units[0] = (struct unit){ .id = APPLICANT_UNIT, .name = "示例单位" };
	people.operators[0] = (struct operator){ .id = APPLICANT_ID,
		.phone_sealed = applicant_sealed("operator.phone", "13800000000") };
	store.row = row_in(state, desk_bureau);
	store.answers = (struct application_answers){
		.business_type = "mixed",
		.contact_name = "示例联系人",
		.contact_phone_sealed =
		    applicant_sealed("application.contact_phone", "13800000000"),
	};
	store.acceptance.order_no = "ORD358900202601300800000000125"; /* a day before now */
	store.row.acceptance_saved_at = VISITOR_NOW;
	applicant_file("application_letter", "application_letter");
	applicant_file("agreement", "agreement");
	applicant_file("video_clinic", "video");
	applicant_file("test_report", "test_report");
	visitor_sign_in(ROLE_OPERATOR, APPLICANT_ID, APPLICANT_UNIT, APPLICANT_INSTITUTION);
}

void
applicant_lies_at(enum state state, int64_t bureau)
{
	applicant_stands(state, bureau);
	visitor_sign_in(ROLE_OFFICER, 9, 0, 0);
	applicant_officer = bureau;
}

int
applicant_main(const char *name, CU_TestInfo *tests)
{
	CU_SuiteInfo suites[] = { { .pName = name, .pTests = tests }, CU_SUITE_INFO_NULL };

	visitor_open();
	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	visitor_close();
	return failures != 0;
}
