/*
 * What is read on pages that no other test here opens: its statement is prepared, and answers the
 * columns of its row. Nothing is looked for that is there.
 */
#include "fcgi/base/array.h"
#include "sql/account/certification.h"
#include "sql/account/staff.h"
#include "sql/account/standing.h"
#include "sql/application/application_claim.h"
#include "sql/application/application_file.h"
#include "sql/application/application_pin.h"
#include "sql/application/application_round.h"
#include "sql/application/desk_duration.h"
#include "sql/application/export.h"
#include "sql/application/opinion_template.h"
#include "sql/application/reminder.h"
#include "sql/application/saved_filter.h"
#include "sql/application/statistic.h"
#include "sql/application/upload.h"
#include "sql/application/upload_scan.h"
#include "sql/catalogue/announcement.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/calendar.h"
#include "sql/catalogue/catalogue.h"
#include "sql/catalogue/dictionary.h"
#include "sql/catalogue/document.h"
#include "sql/catalogue/import.h"
#include "sql/catalogue/import_missing.h"
#include "sql/key/channel_key.h"
#include "sql/key/sheet.h"
#include "sql/record/audit_search.h"
#include "sql/record/failure.h"
#include "sql/record/job.h"
#include "sql/record/sms.h"
#include "tests/support/database.h"

#define NOBODY INT64_C(-7)

/* ERR_NOT_FOUND will do: nobody is there. */
static void
reads(enum err e)
{
	CU_ASSERT(e == ERR_OK || e == ERR_NOT_FOUND);
}

/* A call whose last arguments are where a list, a row, or a value goes. */
#define LIST(row, call, ...)                                                                       \
	do {                                                                                       \
		const struct row *rows;                                                            \
		size_t count;                                                                      \
                                                                                                   \
		reads(call(__VA_ARGS__, &rows, &count));                                           \
	} while (0)
#define VALUE(type, call, ...)                                                                     \
	do {                                                                                       \
		type value;                                                                        \
                                                                                                   \
		reads(call(__VA_ARGS__, &value));                                                  \
	} while (0)

static void
of_an_application(void)
{
	LIST(application_pin, application_pins, db, arena, NOBODY);
	LIST(application_pin, application_pin_drafts, db, arena, NOBODY, 1);
	LIST(pinned_field, application_pinned, db, arena, NOBODY);
	VALUE(struct review_draft, review_draft_get, db, arena, NOBODY, 1);
	VALUE(struct application_claim, application_claim_get, db, arena, NOBODY);
	LIST(application_file, application_round_files, db, arena, NOBODY, 1);
	LIST(application_round, application_rounds, db, arena, NOBODY);
	LIST(upload_scan, upload_scan_list, db, arena, NOBODY);
	LIST(channel_key, channel_key_list, db, arena, NOBODY);
	VALUE(struct sheet_standing, issued_sheet_standing, db, arena, "none");
}

static void
of_a_desk(void)
{
	static const int64_t times[3] = { 1, 1, 1 };
	const struct statistic_range months = { 202601, 202612, 0 };
	const struct bureau province = { .prefix = "4401" };

	LIST(opinion_template, opinion_templates, db, arena, NOBODY);
	LIST(saved_filter, saved_filters, db, arena, NOBODY);
	LIST(reminder_load, reminder_parts, db, arena, NOBODY, 3, times, times);
	LIST(statistic_cell, statistic_below, db, arena, 2, "44", &months);
	LIST(statistic_cell, statistic_of, db, arena, NOBODY, &months);
	LIST(statistic_cell, statistic_of_region, db, arena, "4401", &months);
	VALUE(int64_t, statistic_counted_at, db, arena);
	VALUE(int64_t, desk_duration_age, db, arena);
	VALUE(bool, certification_shows, db, arena, "none", NOBODY, "44");
	LIST(bureau_below, bureau_below, db, arena, 2, "");
	VALUE(struct bureau, bureau_above, db, arena, &province);
}

static void
of_uploads(void)
{
	int64_t until = 5;

	LIST(upload, upload_of_content, db, arena, "none", 5);
	LIST(upload, upload_partials, db, arena, "", 5);
	LIST(upload, upload_stale, db, arena, 1, 5);
	LIST(upload, upload_abandoned, db, arena, UPLOAD_STORED, 0, &until, 5);
	VALUE(int64_t, upload_declared_since, db, arena, 2, NOBODY, 0);
	VALUE(bool, upload_is_held, db, arena, "none");
	VALUE(bool, upload_quarantines, db, arena, "none");
	VALUE(struct export, export_get, db, arena, NOBODY);
}

static void
of_the_administration(void)
{
	LIST(announcement, announcement_current, db, arena, 1);
	VALUE(struct calendar, calendar_load, db, arena, 1);
	LIST(calendar_day, calendar_year, db, arena, 2026);
	LIST(dictionary_entry, dictionary_all, db, arena);
	VALUE(struct document_version, document_newest, db, arena, "none");
	LIST(document_version, document_versions, db, arena, "none", 5);
	VALUE(bool, document_keeps, db, arena, "none");
	VALUE(struct import, import_by_code, db, arena, "none");
	VALUE(struct import, import_get, db, arena, NOBODY);
	LIST(import, import_list, db, arena, 5);
	LIST(import_fault, import_faults, db, arena, NOBODY, 0, 5);
	LIST(import_missed, import_missing_list, db, arena, NOBODY, 0, 5);
}

static void
of_the_record(void)
{
	LIST(audit_check, audit_checks, db, arena, 5);
	VALUE(bool, audit_check_runs, db, arena);
	LIST(failed_job, failed_jobs, db, arena, INT64_MAX, 5);
	LIST(failed_sms, failed_sms, db, arena, INT64_MAX, 5);
	VALUE(bool, job_waits, db, arena, JOB_REISSUE, NOBODY);
	LIST(sms_message, sms_list, db, arena, 0, 5);
	LIST(sms_message, sms_list, db, arena, 1, 5);
}

/* Each index of the trail is asked by. */
static void
of_the_trail(void)
{
	const struct audit_filter filters[] = {
		{ .object = "none", .until = 5 },
		{ .user_id = NOBODY, .until = 5 },
		{ .address = "none", .until = 5 },
		{ .deed = "none", .until = 5 },
		{ .until = 5 },
	};

	for (size_t i = 0; i < COUNT(filters); i++)
		LIST(audit_item, audit_search, db, arena, &filters[i],
		    (struct audit_place){ INT64_MAX, 0 }, 5);
}

static void
of_the_catalogue(void)
{
#define CATALOGUE(name, NAME, path, title, about, search, read, write)                             \
	{                                                                                          \
		const struct name##_row *rows;                                                     \
		struct name##_row row;                                                             \
		size_t count;                                                                      \
                                                                                                   \
		reads(catalogue_get(db, arena, &catalogue_##name, NOBODY, &row));                  \
		reads(catalogue_list(db, arena, &catalogue_##name, NULL, 0, 5, &rows, &count));    \
		reads(catalogue_list(db, arena, &catalogue_##name, "none", 0, 5, &rows, &count));  \
	}
#include "handlers/rules/table/catalogue.def"
#undef CATALOGUE
}

/* Inside a transaction, which is rolled back. */
static enum err
while_nothing_is_kept(void)
{
	struct import tally = { 0 };
	int64_t last, covered;
	SQL_TX(tx, db);

	VALUE(bool, channel_key_contested, &tx, arena, NOBODY, "none");
	VALUE(bool, staff_has_other, &tx, arena, 3, NOBODY);
	VALUE(struct standing, standing_hold, &tx, arena, NOBODY);
	VALUE(bool, import_missing_same, &tx, NOBODY, 1);
	VALUE(int64_t, import_missing_find, &tx, NOBODY, 1, &covered);
	LIST(statistic_step, statistic_counted, &tx, arena, 0, 5);
	reads(import_tally(db, arena, NOBODY, &tally, &last));
	reads(import_compare(&tx, NOBODY, 0, 1));
	reads(import_take(&tx, NOBODY, 0));
	reads(import_missing_end(&tx, NOBODY));
	reads(import_purge(&tx, 1, 5));
	return ERR_OK;
}

static void
in_a_transaction(void)
{
	CU_ASSERT_EQUAL(while_nothing_is_kept(), ERR_OK);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "of an application", of_an_application },
		{ "of a desk", of_a_desk },
		{ "of uploads", of_uploads },
		{ "of the administration", of_the_administration },
		{ "of the record", of_the_record },
		{ "of the trail", of_the_trail },
		{ "of the catalogue", of_the_catalogue },
		{ "in a transaction", in_a_transaction },
		CU_TEST_INFO_NULL,
	};

	return test_main("readers", tests);
}
