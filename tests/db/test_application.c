#include "sql/application/acceptance_order.h"
#include "sql/application/application_answers.h"
#include "sql/application/application_event.h"
#include "sql/application/application_file.h"
#include "sql/application/application_round.h"
#include "sql/application/upload.h"
#include "tests/support/applications.h"

static void
answers_come_back_as_they_went(void)
{
	struct application a = new_draft(new_unit(), test_number());
	struct application_answers back;
	struct acceptance_answers accept = {
		.order_no = "ORD358900202207111433280000125",
		.proof = "person",
		.tester_name_sealed = "n",
		.tester_id_type = "passport",
		.tester_id_sealed = "i",
	};

	CU_ASSERT_EQUAL(a.version, 1);
	CU_ASSERT_EQUAL(a.state, STATE_DRAFT);
	CU_ASSERT_EQUAL(a.submitted_at, 0);
	fill(&a, "示例应用");
	CU_ASSERT_EQUAL(a.version, 2);
	CU_ASSERT_STRING_EQUAL(a.shown_app_name, "示例应用");
	OK(application_answers_get(db, arena, a.id, &back));
	CU_ASSERT_STRING_EQUAL(back.purchase_channels, "self other");
	CU_ASSERT_STRING_EQUAL(back.contact_phone_sealed, "sealed");
	CU_ASSERT_PTR_NULL(back.remark);

	struct application stale = a;
	WRITE(ERR_OK, acceptance_answers_put(&tx, &a, &accept, 9, NOW + 1));
	WRITE(ERR_CONFLICT, acceptance_answers_put(&tx, &stale, &accept, 9, NOW + 1));
	WRITE(ERR_CONFLICT, application_answers_put(&tx, &stale, &back, NULL, NULL, 9, NOW));
	OK(acceptance_answers_get(db, arena, a.id, &accept));
	CU_ASSERT_STRING_EQUAL(accept.tester_id_type, "passport");
	WRITE(ERR_CONFLICT, application_delete(&tx, a.id, 2));
	WRITE(ERR_OK, application_delete(&tx, a.id, 3));
	CU_ASSERT_EQUAL(application_get(db, arena, a.number, &a), ERR_NOT_FOUND);
}

static void
one_running_application_is_about_one_thing(void)
{
	int64_t unit = new_unit(), institution = test_number();
	struct application a = new_draft(unit, institution), b = new_draft(unit, institution);
	const char *sole = arena_printf(arena, "%s%s", test_key(), test_key());
	struct application locked;
	bool taken;

	fill(&a, "甲");
	fill(&b, "甲");
	claim(&a, "甲", sole, ERR_OK);
	claim(&b, "甲", sole, ERR_EXISTS);
	WRITE(ERR_OK, application_name_taken(&tx, arena, unit, institution, "甲", b.id, &taken));
	CU_ASSERT_FALSE(taken); /* a draft takes no name */
	take(&a, EVENT_SUBMIT, DESK_NONE);
	WRITE(ERR_OK, application_name_taken(&tx, arena, unit, institution, "甲", b.id, &taken));
	CU_ASSERT_TRUE(taken);
	WRITE(ERR_OK, application_name_taken(&tx, arena, unit, institution, "甲", a.id, &taken));
	CU_ASSERT_FALSE(taken);
	WRITE(ERR_OK, application_lock(&tx, arena, a.id, &locked));
	CU_ASSERT_EQUAL(locked.round, 1);
	CU_ASSERT_EQUAL(locked.operator_id, 9);
	take(&a, EVENT_DISCARD, DESK_NONE);
	claim(&b, "甲", sole, ERR_OK);
}

static void
the_row_goes_from_desk_to_desk(void)
{
	struct application a = new_draft(new_unit(), test_number());
	const struct application_event *events;
	size_t count;
	int64_t at;

	fill(&a, "甲");
	take(&a, EVENT_SUBMIT, DESK_NONE);
	CU_ASSERT_EQUAL(a.desk_bureau, bureau);
	CU_ASSERT_EQUAL(a.desk_since, NOW + 5);
	CU_ASSERT_EQUAL(a.submitted_at, NOW + 5);
	take(&a, EVENT_REJECT, DESK_LOCAL);
	CU_ASSERT_EQUAL(a.desk_bureau, 0);
	CU_ASSERT_EQUAL(a.desk_since, 0);
	pass_all(&a);
	CU_ASSERT_EQUAL(a.state, STATE_APPLIED);
	CU_ASSERT_EQUAL(a.round, 2);
	CU_ASSERT_EQUAL(a.acceptance_submitted_at, 0);
	pass_all(&a);
	CU_ASSERT_EQUAL(a.state, STATE_ACCEPTED);
	CU_ASSERT_EQUAL(a.acceptance_submitted_at, NOW + 5);
	OK(application_events(db, arena, a.id, &events, &count));
	CU_ASSERT_EQUAL(count, 10);
	CU_ASSERT_EQUAL(events[1].event, EVENT_REJECT);
	OK(application_entered(db, arena, a.id, STATE_APPLIED, &at));
	CU_ASSERT_EQUAL(at, NOW + 5);
	CU_ASSERT_EQUAL(application_entered(db, arena, a.id, STATE_DISCARDED, &at), ERR_NOT_FOUND);
}

static const char *
new_upload(int64_t unit)
{
	const char *id = test_key();
	struct upload u = {
		.id = id,
		.unit_id = unit,
		.role = 2,
		.user_id = 9,
		.slot = "agreement",
		.name = "协议.pdf",
		.length = 10,
		.state = UPLOAD_PARTIAL,
		.created_at = NOW,
		.updated_at = NOW,
	};

	WRITE(ERR_OK, upload_insert(&tx, &u));
	return id;
}

static void
bureaus_read_what_was_filed_and_nothing_else(void)
{
	int64_t unit = new_unit();
	struct application a = new_draft(unit, test_number());
	const char *filed = new_upload(unit), *later = new_upload(unit);
	const struct application_file *files;
	size_t count;
	bool reads;

	WRITE(ERR_OK, application_file_put(&tx, a.id, "agreement", filed));
	OK(application_reads_upload(db, arena, filed, 0, bureau, "", &reads));
	CU_ASSERT_FALSE(reads);
	WRITE(ERR_OK, application_round_file_add(&tx, a.id, 1, "agreement", filed));
	WRITE(ERR_OK, application_file_put(&tx, a.id, "agreement", later));
	OK(application_files(db, arena, a.id, &files, &count));
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_STRING_EQUAL(files[0].upload_id, later);
	OK(application_reads_upload(db, arena, filed, 0, bureau + 2, "", &reads));
	CU_ASSERT_TRUE(reads);
	OK(application_reads_upload(db, arena, later, 0, bureau, "", &reads));
	CU_ASSERT_FALSE(reads);
	OK(application_reads_upload(db, arena, filed, 0, bureau + 3, "", &reads));
	CU_ASSERT_FALSE(reads);
	OK(application_reads_upload(db, arena, later, unit, 0, "", &reads));
	CU_ASSERT_TRUE(reads);
	OK(application_reads_upload(db, arena, later, unit + 1, 0, "", &reads));
	CU_ASSERT_FALSE(reads);
	WRITE(ERR_OK, application_file_put(&tx, a.id, "agreement", NULL));
	OK(application_files(db, arena, a.id, &files, &count));
	CU_ASSERT_EQUAL(count, 0);
}

static void
the_newest_round_of_a_phase_counts(void)
{
	int64_t id = test_number();
	struct application_round r = { 1, PHASE_APPLY, "one", NOW };

	CU_ASSERT_EQUAL(application_round_last(db, arena, id, PHASE_APPLY, &r), ERR_NOT_FOUND);
	WRITE(ERR_OK, application_round_add(&tx, id, &r));
	r = (struct application_round){ 2, PHASE_APPLY, "two", NOW };
	WRITE(ERR_OK, application_round_add(&tx, id, &r));
	r = (struct application_round){ 3, PHASE_ACCEPT, "three", NOW };
	WRITE(ERR_OK, application_round_add(&tx, id, &r));
	OK(application_round_last(db, arena, id, PHASE_APPLY, &r));
	CU_ASSERT_STRING_EQUAL(r.answers_sealed, "two");
}

static void
file_order(enum err expected, const struct application *a, const char *order_no, const char *app_id,
    int64_t checked_at)
{
	const struct acceptance_order order = { .order_no = order_no,
		.app_id = app_id,
		.application_id = a->id,
		.checked_at = checked_at };

	WRITE(expected, acceptance_order_claim(&tx, arena, &order, NOW));
}

static void
an_order_serves_one_application(void)
{
	int64_t unit = new_unit();
	struct application a = new_draft(unit, test_number()), b = new_draft(unit, test_number());
	const char *order_no = arena_printf(arena, "ORD%.27s", test_key());
	const char *app_id = test_key(), *other = test_key();
	struct acceptance_order kept;

	CU_ASSERT_EQUAL(acceptance_order_get(db, arena, order_no, &kept), ERR_NOT_FOUND);
	fill(&a, "甲");
	fill(&b, "甲");
	take(&a, EVENT_SUBMIT, DESK_NONE);
	file_order(ERR_OK, &a, order_no, app_id, 0);
	file_order(ERR_OK, &a, order_no, app_id, NOW); /* again, after 驳回 */
	file_order(ERR_OK, &a, order_no, app_id, 0);
	OK(acceptance_order_get(db, arena, order_no, &kept));
	CU_ASSERT_EQUAL(kept.checked_at, NOW);
	file_order(ERR_EXISTS, &b, order_no, app_id, 0);
	take(&a, EVENT_DISCARD, DESK_NONE);
	file_order(ERR_EXISTS, &b, order_no, other, 0); /* of another 应用ID: never */
	file_order(ERR_OK, &b, order_no, app_id, 0);
	file_order(ERR_EXISTS, &a, order_no, app_id, 0);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "answers come back as they went", answers_come_back_as_they_went },
		{ "one running application is about one thing",
		    one_running_application_is_about_one_thing },
		{ "the row goes from desk to desk", the_row_goes_from_desk_to_desk },
		{ "bureaus read what was filed and nothing else",
		    bureaus_read_what_was_filed_and_nothing_else },
		{ "an order serves one application", an_order_serves_one_application },
		{ "the newest round of a phase counts", the_newest_round_of_a_phase_counts },
		CU_TEST_INFO_NULL,
	};

	return test_main("application", tests);
}
