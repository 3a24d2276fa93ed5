#ifndef TESTS_BENCH_MAKE_ROWS_H
#define TESTS_BENCH_MAKE_ROWS_H

#include <stdio.h>

#include "tests/bench/make/forms.h"

/* What the rows of a table are written with. */
struct out {
	FILE *file;
	struct req *q; /* arena, keyring, vault, now; the arena is emptied after each thing */
	const struct world *w;
	const char *password; /* the hash everybody's account carries */
};

/*
 * The tables, as LOAD DATA reads them: cells between tabs, \N for NULL, a line
 * a row. A row is about an application, a unit, an institution or a bureau:
 * the one function that is not NULL is called for each.
 */
struct table_rows {
	const char *table;
	const char *columns;
	void (*life)(struct out *o, const struct life *life);
	void (*unit)(struct out *o, uint32_t unit);
	void (*institution)(struct out *o, uint32_t institution);
	void (*once)(struct out *o);
};
extern const struct table_rows table_rows[];
extern const size_t table_rows_count;

/* One cell and what follows it: '\t' or '\n'. NULL texts and 0 of put_id() are \N. */
void put_text(struct out *o, const char *text, char after);
void put_int(struct out *o, int64_t n, char after);
void put_id(struct out *o, int64_t n, char after);

void row_application(struct out *o, const struct life *life);
void row_events(struct out *o);
void row_round(struct out *o, const struct life *life);
void row_file(struct out *o, const struct life *life);
void row_round_file(struct out *o, const struct life *life);
void row_credential(struct out *o, const struct life *life);
void row_sheet(struct out *o, const struct life *life);
void row_institution(struct out *o, uint32_t institution);
void row_unit(struct out *o, uint32_t unit);
void row_operator(struct out *o, uint32_t unit);
void row_binding(struct out *o, uint32_t unit);
void row_grant(struct out *o, uint32_t unit);
void row_upload(struct out *o, uint32_t unit);
void row_staff(struct out *o);
void row_audit(struct out *o, const struct life *life);
void row_audit_head(struct out *o);
void row_statistics(struct out *o);

#define COLUMNS_APPLICATION                                                                        \
	"id, number, version, state, status, unit_id, operator_id, institution_id,"                \
	" institution_code, institution_name, unit_name, region_code, province_city,"              \
	" local_bureau, province_bureau, nation_bureau, desk_bureau, over_bureau, desk_since, "    \
	"filed, round, sole,"                                                                      \
	" shown_app_name, third_channel, business_type, channel, app_source, official_channel,"    \
	" app_name, app_type, purchase_channels, contact_name, contact_phone_sealed,"              \
	" contact_email, remark, order_no, proof, auth_code, acceptance_saved_at,"                 \
	" acceptance_submitted_at, created_at, updated_at, submitted_at"
#define COLUMNS_EVENT                                                                              \
	"id, application_id, event, from_state, to_state, desk, bureau_id, actor_role, actor_id,"  \
	" actor_name, remark, security_checked, round, created_at"
#define COLUMNS_ROUND "application_id, round, phase, answers_sealed, created_at"
#define COLUMNS_FILE "application_id, field, upload_id"
#define COLUMNS_ROUND_FILE "application_id, round, field, upload_id"
#define COLUMNS_CREDENTIAL                                                                         \
	"application_id, environment, app_id, secret_sealed, channel_private_sealed,"              \
	" channel_public, platform_private_sealed, platform_public, channel_code, disabled_at,"    \
	" created_at"
#define COLUMNS_SHEET "number, application_id, environment, kind, replied_at, created_at"
#define COLUMNS_INSTITUTION                                                                        \
	"id, code, name, region_code, uscc, agreement_start, agreement_end, active"
#define COLUMNS_UNIT                                                                               \
	"id, account, password, name, kind, region_code, uscc, address, legal_name_sealed,"        \
	" legal_id_type, legal_id_sealed, legal_phone_sealed,"                                     \
	" certification, certified_at, certified_until, manual_bureau, manual_at, created_at"
#define COLUMNS_OPERATOR                                                                           \
	"id, phone_index, phone_sealed, name, id_type, id_sealed, id_start, password,"             \
	" created_at"
#define COLUMNS_BINDING "unit_id, operator_id, created_at"
#define COLUMNS_GRANT "unit_id, business, operator_id, created_at"
#define COLUMNS_STAFF                                                                              \
	"id, account, name, phone_sealed, id_sealed, id_index, password, password_at, bureau_id,"  \
	" role, must_change, created_at"
#define COLUMNS_AUDIT "chain, seq, role, user_id, address, deed, object, detail, created_at, hash"
#define COLUMNS_STATISTIC "bureau_id, month, phase, desk, event, days, steps"
#define COLUMNS_AUDIT_HEAD "chain, seq, hash"
#define COLUMNS_UPLOAD                                                                             \
	"id, unit_id, role, user_id, slot, name, length, received, state, type, digest, "          \
	"created_at,"                                                                              \
	" updated_at"

#endif
