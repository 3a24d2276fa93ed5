#include <string.h>
#include <unistd.h>

#include "fcgi/base/text.h"
#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/account/invite.h"
#include "handlers/common/deed.h"
#include "handlers/common/mask.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/jobs/jobs.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/unit/registry.h"
#include "handlers/upload/read/reader.h"
#include "sql/account/certification.h"
#include "sql/account/certification_check.h"
#include "sql/application/upload.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/institution.h"

/*
 * 资质认证 of a unit that asked for it: what it says is compared with the catalogue, with
 * 企业信息核验 and with its licence. When all of it agrees it is certified; else the bureau of its region
 * has to look, and finds what was compared.
 */

#define TEXT_KEPT 3000 /* bytes of a licence's text; nobody reads more */

/* ---- the catalogue ---------------------------------------------------------------- */

static const char *
day(struct req *q, int64_t at)
{
	long long d = (long long)date_of(at);

	return arena_printf(q->arena, "%lld年%lld月%lld日", d / 10000, d / 100 % 100, d % 100);
}

static void
judge_agreement(struct req *q, const struct institution *row, struct field_check *ret)
{
	ret->by_catalogue = MARK_DIFFERS;
	if (q->now < row->agreement_start) {
		ret->catalogue = "定点医药机构协议尚未生效";
	} else if (row->agreement_end <= q->now) { /* its last day in force */
		ret->catalogue = arena_printf(q->arena, "定点医药机构协议已于%s到期",
		    day(q, row->agreement_end - 1));
	} else {
		ret->by_catalogue = MARK_AGREES;
		ret->catalogue = arena_printf(q->arena, "%s至%s", day(q, row->agreement_start),
		    day(q, row->agreement_end - 1));
	}
}

static void
compare(struct req *q, const struct unit *unit, const struct certified *given,
    const struct institution *row, struct unit_checks *ret)
{
	const struct certified other = { row->name, institution_kind(row->code), row->region_code,
		row->legal_name };

	certify_catalogue(q->arena, unit->uscc, given, &other, ret);
	judge_agreement(q, row, &ret->of[CHECKED_AGREEMENT]);
}

/* With the row the unit means: a code may have several, as of branches. */
static enum err
check_catalogue(struct req *q, struct sql_tx *tx, const struct unit *unit,
    const struct certified *given, struct unit_checks *ret)
{
	const struct institution *list;
	size_t count;

	TRY(institution_by_uscc(tx->db, q->arena, unit->uscc, &list, &count));
	certify_catalogue(q->arena, unit->uscc, given, NULL, ret);
	for (size_t i = 0; i < count; i++) {
		struct unit_checks one;

		compare(q, unit, given, &list[i], &one);
		if (certify_agreeing(&one) > certify_agreeing(ret))
			*ret = one;
	}
	return ERR_OK;
}

/* ---- the licence ------------------------------------------------------------------- */

/* *ret NULL: it could not be read. */
static enum err
read_licence(struct req *q, struct sql_tx *tx, const struct unit *unit, const char **ret)
{
	struct upload u = { 0 };
	int fd;

	*ret = NULL;
	enum err e = upload_get(tx->db, q->arena, unit->licence_upload, &u);
	if (e == ERR_NOT_FOUND || (e == ERR_OK && u.state != UPLOAD_STORED))
		return ERR_OK;
	TRY(e);
	TRY(file_open_kept(q->config->store, u.digest, &fd));
	e = reader_ask(fd, q->arena, ret);
	close(fd);
	if (e != ERR_OK || text_is_blank(*ret))
		*ret = NULL;
	return ERR_OK;
}

static enum err
keep_reading(struct req *q, struct sql_tx *tx, const struct unit *unit, const char *text)
{
	const char *kept = text ? text_cut(q->arena, text, TEXT_KEPT) : NULL;

	return certification_reading_put(tx, unit->id,
	    &(struct certification_reading){
		.text_sealed =
		    kept ? seal_text(q, PURPOSE_LICENCE_TEXT, row_number(q, unit->id), kept) : NULL,
		.read_at = q->now,
	    });
}

/* ---- the outcome -------------------------------------------------------------------- */

static const char *
object(struct req *q, const struct unit *unit)
{
	return arena_printf(q->arena, "unit/%lld", (long long)unit->id);
}

static enum err
pass(struct req *q, struct sql_tx *tx, const struct unit *unit)
{
	TRY(unit_certify(tx, unit->id, unit->version, CERTIFICATION_PASSED, NULL, q->now, NULL));
	TRY(invite_send_waiting(q, tx, unit->id));
	TRY(notify_unit(q, tx, unit->id, NOTICE_CERTIFY_DONE, NULL));
	return deed_note(q, tx, DEED_UNIT_CERTIFIED, object(q, unit), "");
}

/* 地方 of the unit's own 医保区划 confirms. */
static enum err
ask_bureau(struct req *q, struct sql_tx *tx, const struct unit *unit, const char *reason)
{
	struct bureau_chain chain = { 0 };
	enum err e = bureau_chain(tx->db, q->arena, unit->region_code, &chain);

	if (e == ERR_NOT_FOUND)
		return unit_certify(tx, unit->id, unit->version, CERTIFICATION_FAILED,
		    "本单位所属区划没有对应的医保局，请联系当地医保部门", 0, NULL);
	TRY(e);
	TRY(certification_ask(tx, unit->id, unit->version, reason, chain.local.id, q->now));
	TRY(notify_unit(q, tx, unit->id, NOTICE_CERTIFY_MANUAL,
	    (const char *const[4]){ reason, chain.local.name }));
	TRY(notify_bureau(q, tx, chain.local.id, unit->region_code, NOTICE_CERTIFY_ASKED, NULL,
	    (const char *const[4]){ unit->name }));
	return deed_note(q, tx, DEED_UNIT_CERTIFY_MANUAL, object(q, unit),
	    arena_printf(q->arena, "bureau=%lld", (long long)chain.local.id));
}

/* Names of people as the officer is shown them. */
static enum err
keep_checks(struct req *q, struct sql_tx *tx, const struct unit *unit, struct unit_checks checks)
{
	struct field_check *legal = &checks.of[CHECKED_LEGAL];

	legal->given = mask_name(q->arena, legal->given);
	legal->catalogue = mask_name(q->arena, legal->catalogue);
	return certification_check_put(tx, unit->id, &checks);
}

static enum err
examine(struct req *q, struct sql_tx *tx, const struct unit *unit, const char **ret_obstacle)
{
	struct certified given = { unit->name, unit->kind, unit->region_code, NULL };
	struct unit_checks checks;
	const char *text;
	char *legal_name;

	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_NAME, unit->account, unit->legal_name_sealed,
	    &legal_name));
	given.legal_name = legal_name;
	TRY(check_catalogue(q, tx, unit, &given, &checks));
	enum registry registry = registry_ask(q, &checks);
	TRY(read_licence(q, tx, unit, &text));
	certify_licence(q->arena, text, &checks);
	TRY(keep_reading(q, tx, unit, text));
	TRY(keep_checks(q, tx, unit, checks));
	*ret_obstacle = certify_obstacle(q->arena, &checks, registry);
	if (unit->revoked_at)
		*ret_obstacle = arena_printf(q->arena, "医保局曾撤销本单位的认证%s%s",
		    *ret_obstacle ? "；" : "", *ret_obstacle ? *ret_obstacle : "");
	return ERR_OK;
}

enum err
certify_unit_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	const char *obstacle;
	struct unit unit = { 0 };

	TRY(unit_get(tx->db, q->arena, job->subject, &unit));
	if (unit.certification != CERTIFICATION_CHECKING)
		return ERR_OK;
	TRY(examine(q, tx, &unit, &obstacle));
	return obstacle ? ask_bureau(q, tx, &unit, obstacle) : pass(q, tx, &unit);
}

/* Nobody waits for ever: a person looks. */
enum err
certify_unit_give_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note)
{
	struct unit unit = { 0 };

	(void)note;
	TRY(unit_get(tx->db, q->arena, job->subject, &unit));
	if (unit.certification != CERTIFICATION_CHECKING)
		return ERR_OK;
	return ask_bureau(q, tx, &unit, "自动核对未能完成");
}
