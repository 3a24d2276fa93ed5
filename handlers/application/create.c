#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "handlers/application/access.h"
#include "handlers/application/answers.h"
#include "handlers/application/application.h"
#include "handlers/application/files.h"
#include "handlers/application/subject.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/institution.h"
#include "sql/catalogue/region.h"

#define NUMBER_BYTES 16 /* 申请单号, A-61 */

struct application_created_answer {
	const char *number;
	int64_t version;
};
static const struct answer_row rows[] = {
	ANSWER(struct application_created_answer, number),
	ANSWER(struct application_created_answer, version),
};
const struct answer application_created_answer =
    ANSWER_TABLE("application_created", struct application_created_answer, rows);

/* The institution chosen and the desks its region leads to. */
static enum err
place(struct req *q, struct application *app)
{
	struct institution institution;
	struct bureau_chain chain;

	TRY(institution_of_unit(q->db, q->arena, who_institution(q), who_unit(q), &institution));
	enum err e = bureau_chain(q->db, q->arena, institution.region_code, &chain);
	if (e == ERR_NOT_FOUND)
		return refuse(q, ERR_WRONG_STATE,
		    "该机构的协议所属区划没有对应的医保局，请联系当地医保部门");
	TRY(e);
	app->unit_id = who_unit(q);
	app->operator_id = who_user(q);
	app->institution_id = institution.id;
	app->institution_code = institution.code;
	app->institution_name = institution.name;
	app->region_code = institution.region_code;
	app->local_bureau = chain.local.id;
	app->province_bureau = chain.province.id;
	app->nation_bureau = chain.nation.id;
	/* province and prefecture, which is where the local bureau is */
	return region_full_name(q->db, q->arena, chain.local.region_code, &app->province_city);
}

enum err
application_create(struct req *q)
{
	unsigned char bytes[NUMBER_BYTES];
	struct application app = { .version = 1, .state = STATE_DRAFT };
	struct application_form form = { 0 };
	struct application_answers answers;
	struct subject subject;

	TRY(place(q, &app));
	TRY(form_collect(&application_form, q, application_variant(&app), FORM_DRAFT, &form));
	TRY(files_check(q, &application_form, &form, app.unit_id));
	TRY(subject_of(q, q->db, &app, &form, &subject));
	TRY(form_end(q));
	random_bytes(bytes, sizeof(bytes));
	app.number = bytes_hex(q->arena, bytes, sizeof(bytes));
	application_answers_of(q, &form, &answers);

	SQL_TX(tx, q->db);
	TRY(application_insert(&tx, &app, q->now, &app.id));
	TRY(application_answers_put(&tx, &app, &answers, subject.shown_app_name,
	    subject.third_channel, who_user(q), q->now));
	TRY(files_put(&tx, app.id, &application_form, &form));
	const struct application_created_answer answer = { app.number, app.version + 1 };
	return deed_done(q, &tx, DEED_APPLICATION_CREATE, application_object(q, &app), "", 201,
	    answer_text(q, &application_created_answer, &answer));
}
