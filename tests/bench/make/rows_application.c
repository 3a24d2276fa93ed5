#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm2.h"
#include "handlers/application/files.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/table/dictionary.h"
#include "handlers/rules/table/kinds.h"
#include "tests/bench/make/random.h"
#include "tests/bench/make/rows.h"

void
put_text(struct out *o, const char *text, char after)
{
	fputs(text ? text : "\\N", o->file);
	putc(after, o->file);
}

void
put_int(struct out *o, int64_t n, char after)
{
	fprintf(o->file, "%" PRId64 "%c", n, after);
}

void
put_id(struct out *o, int64_t n, char after)
{
	if (n)
		put_int(o, n, after);
	else
		put_text(o, NULL, after);
}

static int64_t
desk_bureau(const struct life *life)
{
	enum desk desk = state_desk(life->state);

	return desk == DESK_NONE ? 0 : life->place->bureau[desk];
}

/* As application_move() tells it. */
static int64_t
over_bureau(const struct life *life)
{
	int64_t at = desk_bureau(life);

	if (at == 0 || at == life->place->bureau[DESK_NATION])
		return 0;
	return life->place
	    ->bureau[at == life->place->bureau[DESK_PROVINCE] ? DESK_NATION : DESK_PROVINCE];
}

static void
put_answers(struct out *o, const struct life *life, const struct filled *f)
{
	struct application_answers a;

	application_answers_of(o->q, life->id, &f->apply, &a);
	put_text(o, f->app.shown_app_name, '\t');
	put_text(o, f->third_channel, '\t');
	put_text(o, a.business_type, '\t');
	put_text(o, a.channel, '\t');
	put_text(o, a.app_source, '\t');
	put_id(o, a.official_channel, '\t');
	put_text(o, a.app_name, '\t');
	put_text(o, a.app_type, '\t');
	put_text(o, a.purchase_channels, '\t');
	put_text(o, a.contact_name, '\t');
	put_text(o, a.contact_phone_sealed, '\t');
	put_text(o, a.contact_email, '\t');
	put_text(o, a.remark, '\t');
	put_text(o, life->accept_saved ? f->accept.order_no : NULL, '\t');
	put_text(o, f->accept.proof, '\t');
	put_text(o, f->accept.auth_code, '\t');
}

void
row_application(struct out *o, const struct life *life)
{
	struct filled f;
	bool running = life->state != STATE_DRAFT && !life->released;

	forms_fill(o->q, o->w, life, &f);
	put_int(o, life->id, '\t');
	put_text(o, life->number, '\t');
	put_int(o, life->version, '\t');
	put_int(o, life->state, '\t');
	put_int(o, state_status(life->state), '\t');
	put_int(o, life->unit + INT64_C(1), '\t');
	put_int(o, life->unit + INT64_C(1), '\t');
	put_int(o, f.app.institution_id, '\t');
	put_text(o, f.app.institution_code, '\t');
	put_text(o, f.app.institution_name, '\t');
	put_text(o, unit_name(o->w, o->q->arena, life->unit), '\t');
	put_text(o, life->place->code, '\t');
	put_text(o, life->place->province_city, '\t');
	for (int desk = DESK_LOCAL; desk < DESKS; desk++)
		put_int(o, life->place->bureau[desk], '\t');
	put_id(o, desk_bureau(life), '\t');
	put_id(o, over_bureau(life), '\t');
	put_id(o, life->desk_since, '\t');
	put_int(o, life->round > 0, '\t');
	put_int(o, life->round, '\t');
	put_text(o, running ? f.sole : NULL, '\t');
	put_answers(o, life, &f);
	put_id(o, life->accept_saved, '\t');
	put_id(o, life->accept_submitted, '\t');
	put_int(o, life->created, '\t');
	put_int(o, life->updated, '\t');
	put_id(o, life->submitted, '\n');
}

static const char *
opinion(const struct life *life, const struct step *s)
{
	static const char *const reasons[] = { "申请函未加盖公章，请重新上传",
		"联系电话无法接通，请核对", "协议已过有效期，请上传新签订的协议",
		"演示录屏看不清结算结果，请重新录制", "应用名称与上架名称不一致，请更正",
		"测试报告缺少结论页，请补充" };

	switch (s->row->event) {
	case EVENT_SUBMIT:
		return NULL;
	case EVENT_PASS:
		return (life->id + s->at) % 3 ? NULL : "材料齐全，同意";
	case EVENT_REJECT:
		return reasons[(life->id + s->at) % 6];
	case EVENT_DISCARD:
		return "填写有误，重新申请";
	}
	return NULL;
}

static void
put_event(struct out *o, int64_t id, const struct life *life, const struct step *s)
{
	enum desk desk = s->row->who;
	bool officer = desk != DESK_NONE;

	put_int(o, id, '\t');
	put_int(o, life->id, '\t');
	put_int(o, s->row->event, '\t');
	put_int(o, s->row->from, '\t');
	put_int(o, s->row->to, '\t');
	put_int(o, desk, '\t');
	put_id(o, officer ? life->place->bureau[desk] : 0, '\t');
	put_int(o, officer ? ROLE_OFFICER : ROLE_OPERATOR, '\t');
	put_int(o, officer ? life_officer(life, s) : life->unit + INT64_C(1), '\t');
	put_text(o,
	    officer ? life->place->bureau_name[desk] : unit_name(o->w, o->q->arena, life->unit),
	    '\t');
	put_text(o, opinion(life, s), '\t');
	put_int(o, (s->row->needs & NEED_SECURITY) != 0, '\t');
	put_int(o, s->round, '\t');
	put_int(o, s->at, '\n');
}

/* Ids are in the order of time, as those of real ones. */
void
row_events(struct out *o)
{
	struct events events;
	struct life life;

	events_make(o->w, &events);
	for (int64_t n = 0; n < events.count; n++) {
		size_t step = events_get(&events, n, &life);

		put_event(o, n + 1, &life, &life.steps[step]);
		arena_reset(o->q->arena);
	}
	free(events.steps);
	free(events.ordinals);
}

/* As handlers/application/filing.c keeps it. */
static const char *
filed(struct out *o, const struct filled *f, enum phase phase, const char *row)
{
	bool apply = phase == PHASE_APPLY;
	const struct form *form = apply ? &application_form : &acceptance_form;
	json_t *values = apply ? answers_json(form, &f->apply) : answers_json(form, &f->accept);
	json_t *all = json_pack("{so so so}", "answers", values, "texts",
	    answer_texts(&f->app, values), "files",
	    apply ? files_json(form, f->apply_files, f->napply)
		  : files_json(form, f->accept_files, f->naccept));
	size_t size = json_dumpb(all, NULL, 0, JSON_COMPACT);
	char *text = arena_alloc(o->q->arena, size + 1);

	json_dumpb(all, text, size, JSON_COMPACT);
	json_decref(all);
	return seal_text(o->q, PURPOSE_APPLICATION_ROUND_ANSWERS, row, text);
}

void
row_round(struct out *o, const struct life *life)
{
	struct filled f;

	if (!life->material)
		return;
	forms_fill(o->q, o->w, life, &f);
	for (size_t i = 0; i < life->nsteps; i++) {
		const struct step *s = &life->steps[i];

		if (!(s->row->effects & EFFECT_ROUND))
			continue;
		put_int(o, life->id, '\t');
		put_int(o, s->round, '\t');
		put_int(o, state_phase(s->row->from), '\t');
		const char *row =
		    row_pair(o->q, row_number(o->q, life->id), row_number(o->q, s->round));
		put_text(o, filed(o, &f, state_phase(s->row->from), row), '\t');
		put_int(o, s->at, '\n');
	}
}

static void
put_files(struct out *o, int64_t id, int64_t round, const struct application_file *files,
    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		put_int(o, id, '\t');
		if (round)
			put_int(o, round, '\t');
		put_text(o, files[i].field, '\t');
		put_text(o, files[i].upload_id, '\n');
	}
}

void
row_file(struct out *o, const struct life *life)
{
	struct filled f;

	if (!life->material)
		return;
	forms_fill(o->q, o->w, life, &f);
	put_files(o, life->id, 0, f.apply_files, f.napply);
	put_files(o, life->id, 0, f.accept_files, f.naccept);
}

void
row_round_file(struct out *o, const struct life *life)
{
	struct filled f;

	if (!life->material)
		return;
	forms_fill(o->q, o->w, life, &f);
	for (size_t i = 0; i < life->nsteps; i++) {
		const struct step *s = &life->steps[i];
		bool apply = state_phase(s->row->from) == PHASE_APPLY;

		if (s->row->effects & EFFECT_ROUND)
			put_files(o, life->id, s->round, apply ? f.apply_files : f.accept_files,
			    apply ? f.napply : f.naccept);
	}
}

/* When the step was taken that issues for this environment; 0 never. */
static int64_t
issued_at(const struct life *life, enum environment environment)
{
	unsigned effect = environment == ENVIRONMENT_TEST ? EFFECT_TEST_KEYS : EFFECT_FORMAL_KEYS;

	for (size_t i = 0; i < life->nsteps; i++)
		if (life->steps[i].row->effects & effect)
			return life->steps[i].at;
	return 0;
}

/* A few key pairs shared by all: making one takes longer than all the rest of a row. */
#define PAIRS 16
static struct {
	const char *public, *private;
} pairs[PAIRS];

static void
pairs_make(struct out *o)
{
	struct req q = *o->q; /* its arena is not emptied */

	q.arena = arena_new((size_t)1 << 20);
	for (size_t i = 0; i < PAIRS; i++) {
		struct sm2_pair pair;

		sm2_generate(&pair);
		const char *text =
		    bytes_base64(q.arena, pair.private_key, sizeof(pair.private_key));
		pairs[i].public = bytes_base64(q.arena, pair.public_key, sizeof(pair.public_key));
		pairs[i].private = text;
	}
}

static void
put_credential(struct out *o, const struct life *life, enum environment environment, bool auth)
{
	struct rnd r = rnd_of(o->w->seed, WHAT_KEYS, (uint64_t)life->id * 2 + environment);
	uint64_t bytes[10];
	size_t one = rnd_below(&r, PAIRS), two = rnd_below(&r, PAIRS);
	bool test = environment == ENVIRONMENT_TEST;
	const char *row = row_pair(o->q, row_number(o->q, life->id),
	    arena_printf(o->q->arena, "%u-1", (unsigned)environment));

	for (size_t i = 0; i < 10; i++)
		bytes[i] = rnd_next(&r);
	put_int(o, life->id, '\t');
	put_int(o, environment, '\t');
	put_text(o, bytes_hex_upper(o->q->arena, bytes, 16), '\t');
	put_text(o,
	    seal_text(o->q, PURPOSE_CREDENTIAL_SECRET, row,
		bytes_hex_upper(o->q->arena, bytes + 2, 16)),
	    '\t');
	put_text(o,
	    test ? seal_text(o->q, PURPOSE_CREDENTIAL_CHANNEL_PRIVATE, row, pairs[one].private)
		 : NULL,
	    '\t');
	put_text(o, test ? pairs[one].public : NULL, '\t');
	put_text(o, seal_text(o->q, PURPOSE_CREDENTIAL_PLATFORM_PRIVATE, row, pairs[two].private),
	    '\t');
	put_text(o, pairs[two].public, '\t');
	put_text(o, auth ? bytes_base64(o->q->arena, bytes + 4, 48) : NULL, '\t');
	put_id(o, life->state == STATE_DISCARDED ? life->updated : 0, '\t');
	put_int(o, issued_at(life, environment) + 2, '\n');
}

void
row_credential(struct out *o, const struct life *life)
{
	struct filled f;

	if (!pairs[0].public)
		pairs_make(o);
	if (!life->material || !issued_at(life, ENVIRONMENT_TEST))
		return;
	forms_fill(o->q, o->w, life, &f);
	bool auth = strcmp(f.apply.business_type, BUSINESS_TYPE_AUTH) == 0;
	put_credential(o, life, ENVIRONMENT_TEST, auth);
	if (issued_at(life, ENVIRONMENT_FORMAL))
		put_credential(o, life, ENVIRONMENT_FORMAL, auth);
}

void
row_sheet(struct out *o, const struct life *life)
{
	struct filled f;

	if (!life->material)
		return;
	forms_fill(o->q, o->w, life, &f);
	int kinds =
	    strcmp(f.apply.business_type, BUSINESS_TYPE_AUTH) == 0 ? SHEET_IDENTITY : SHEET_PAYMENT;
	for (int e = ENVIRONMENT_TEST; e <= ENVIRONMENT_FORMAL; e++)
		for (int kind = SHEET_PAYMENT; kind <= kinds; kind++) {
			struct rnd r = rnd_of(o->w->seed, WHAT_KEYS,
			    (uint64_t)(life->id * 8 + e * 2 + kind) + (UINT64_C(1) << 50));
			uint64_t bytes[2] = { rnd_next(&r), rnd_next(&r) };
			int64_t at = issued_at(life, (enum environment)e);

			if (!at)
				continue;
			put_text(o, bytes_hex(o->q->arena, bytes, 16), '\t');
			put_int(o, life->id, '\t');
			put_int(o, e, '\t');
			put_int(o, kind, '\t');
			put_int(o, at, '\t');
			put_int(o, at + 2, '\n');
		}
}
