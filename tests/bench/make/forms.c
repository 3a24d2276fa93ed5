#include "tests/bench/make/forms.h"

#include <string.h>
#include <time.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm.h"
#include "handlers/rules/table/dictionary.h"
#include "tests/bench/make/random.h"

#define OFFICIAL "official"
#define SUBJECTS 8
#define PROVINCE_BYTES 6 /* two characters tell the provinces apart */

enum { LETTER, AGREEMENT, SCREENSHOT, PLAN, VIDEO, REPORT };

const struct file_slot file_slots[FILE_SLOTS] = {
	[LETTER] = { "application_letter", "申请函.pdf", "application/pdf", 412345 },
	[AGREEMENT] = { "agreement", "定点协议.pdf", "application/pdf", 2345678 },
	[SCREENSHOT] = { "app_screenshot", "首页截图.png", "image/png", 345678 },
	[PLAN] = { "plan", "接入方案.pdf", "application/pdf", 5234567 },
	[VIDEO] = { "video", "演示录屏.mp4", "video/mp4", 15234567 },
	[REPORT] = { "test_report", "测试报告.docx",
	    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 934567 },
};

/* In what order an institution applies, so that no two running ones are about the same. */
static const struct {
	const char *business, *channel, *source, *app_type, *suffix;
} subjects[SUBJECTS] = {
	{ BUSINESS_TYPE_AUTH, "wechat", OFFICIAL, NULL, NULL },
	{ BUSINESS_TYPE_MIXED, NULL, NULL, NULL, NULL },
	{ BUSINESS_TYPE_AUTH, "alipay", OFFICIAL, NULL, NULL },
	{ BUSINESS_TYPE_AUTH, "wechat", APP_SOURCE_OWN_NEW, "miniprogram", "小程序" },
	{ BUSINESS_TYPE_AUTH, "nhsa_app", OFFICIAL, NULL, NULL },
	{ BUSINESS_TYPE_AUTH, "other", APP_SOURCE_OWN_NEW, "app", "APP" },
	{ BUSINESS_TYPE_AUTH, "local_platform", OFFICIAL, NULL, NULL },
	{ BUSINESS_TYPE_AUTH, "unionpay", OFFICIAL, NULL, NULL },
};

void
upload_of(const struct world *w, struct arena *arena, uint32_t unit, size_t slot, const char *field,
    struct application_file *ret)
{
	struct rnd r =
	    rnd_of(w->seed, WHAT_FILE, (uint64_t)unit * FILE_SLOTS + slot + (UINT64_C(1) << 40));
	uint64_t bytes[6];

	for (size_t i = 0; i < 6; i++)
		bytes[i] = rnd_next(&r);
	*ret = (struct application_file){
		.field = field,
		.upload_id = bytes_hex(arena, bytes, 16),
		.name = file_slots[slot].name,
		.size = file_slots[slot].size + (int64_t)(bytes[5] % 100000),
		.type = file_slots[slot].type,
		.digest = bytes_hex(arena, bytes + 2, 32),
	};
}

static const char *
sole_of(struct arena *arena, const struct filled *f)
{
	unsigned char digest[SM3_SIZE];
	const char *text = arena_printf(arena, "%lld\n%s\n%s\n%s", (long long)f->app.institution_id,
	    f->apply.business_type, f->apply.channel ? f->apply.channel : "",
	    f->app.shown_app_name);

	sm3(text, strlen(text), digest);
	return bytes_hex(arena, digest, sizeof(digest));
}

/* The province's own, or the nation's. */
static const struct official *
official_of(const struct world *w, const struct life *life, const char *channel)
{
	const struct official *any = NULL;

	for (size_t i = 0; i < w->nofficials; i++) {
		const struct official *o = &w->officials[i];

		if (strcmp(o->channel, channel) != 0)
			continue;
		if (!any || strncmp(o->name, life->place->province_city, PROVINCE_BYTES) == 0)
			any = o;
	}
	return any;
}

static void
fill_subject(struct req *q, const struct world *w, const struct life *life, struct filled *f)
{
	size_t k = (life->institution * 5 + life->ordinal) % SUBJECTS;
	const char *channel = subjects[k].channel;
	const struct official *official = NULL;

	if (life->ordinal >= SUBJECTS)
		k = 3; /* by then only names tell them apart */
	f->apply.business_type = subjects[k].business;
	f->app.shown_app_name = f->app.institution_name;
	if (strcmp(f->apply.business_type, BUSINESS_TYPE_MIXED) == 0)
		return;
	if (strcmp(subjects[k].source, OFFICIAL) == 0)
		official = official_of(w, life, channel);
	f->apply.channel = subjects[k].channel;
	f->apply.app_source = official ? OFFICIAL : APP_SOURCE_OWN_NEW;
	if (official) {
		f->apply.official_channel = official->id;
		f->app.shown_app_name = f->third_channel = official->name;
	} else {
		f->apply.app_name =
		    arena_printf(q->arena, "%s%s%u", unit_brand(w, q->arena, life->unit),
			subjects[k].suffix ? subjects[k].suffix : "H5", life->ordinal + 1);
		f->apply.app_type = subjects[k].app_type ? subjects[k].app_type : "h5";
		f->app.shown_app_name = f->apply.app_name;
		f->app.app_type = f->apply.app_type;
	}
	if (life->pharmacy) {
		static const char *const chosen[] = { "self", "meituan" };

		f->apply.purchase_channels = (struct text_list){ chosen, 1 + life->ordinal % 2 };
	}
}

static void
add_file(struct req *q, const struct world *w, const struct life *life, size_t slot,
    const char *field, const char **member, struct application_file *files, size_t *count)
{
	upload_of(w, q->arena, life->unit, slot, field, &files[*count]);
	*member = files[(*count)++].upload_id;
}

static void
fill_files(struct req *q, const struct world *w, const struct life *life, struct filled *f)
{
	struct application_form *a = &f->apply;
	bool own = a->app_source && strcmp(a->app_source, APP_SOURCE_OWN_NEW) == 0;

	add_file(q, w, life, LETTER, "application_letter", &a->application_letter, f->apply_files,
	    &f->napply);
	add_file(q, w, life, AGREEMENT, "agreement", &a->agreement, f->apply_files, &f->napply);
	if (own)
		add_file(q, w, life, SCREENSHOT, "app_screenshot", &a->app_screenshot,
		    f->apply_files, &f->napply);
	if (life->id % 3 == 0)
		add_file(q, w, life, PLAN, "plan", &a->plan, f->apply_files, &f->napply);
	if (!life->accept_saved)
		return;
	if (life->pharmacy)
		add_file(q, w, life, VIDEO, "video_purchase", &f->accept.video_purchase,
		    f->accept_files, &f->naccept);
	else
		add_file(q, w, life, VIDEO, "video_clinic", &f->accept.video_clinic,
		    f->accept_files, &f->naccept);
	add_file(q, w, life, REPORT, "test_report", &f->accept.test_report, f->accept_files,
	    &f->naccept);
}

static void
fill_acceptance(struct req *q, const struct life *life, struct filled *f)
{
	time_t paid = (time_t)(life->accept_saved - 3600 + 8 * 3600);
	struct tm tm;

	gmtime_r(&paid, &tm);
	f->accept.order_no = arena_printf(q->arena, "ORD%s%04d%02d%02d%02d%02d%02d%07lld",
	    life->place->code, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
	    tm.tm_sec, (long long)(life->id % 10000000));
	if (strcmp(f->apply.business_type, BUSINESS_TYPE_AUTH) != 0)
		return;
	f->accept.proof = PROOF_CODE;
	f->accept.auth_code = arena_printf(q->arena, "%.8s-%.4s-4%.3s-a%.3s-%.12s", life->number,
	    life->number + 8, life->number + 12, life->number + 15, life->number + 18);
}

void
forms_fill(struct req *q, const struct world *w, const struct life *life, struct filled *ret)
{
	*ret = (struct filled){ 0 };
	ret->app.institution_id = INSTITUTION_BASE + life->institution;
	ret->app.institution_code = institution_code(w, q->arena, life->institution);
	ret->app.institution_name = institution_name(w, q->arena, life->institution);
	fill_subject(q, w, life, ret);
	ret->apply.contact_name = person_name(w, q->arena, WHAT_LIFE, life->unit);
	ret->apply.contact_phone = person_phone(q->arena, life->unit + 20000000ull);
	if (life->id % 4 == 0)
		ret->apply.contact_email = arena_printf(q->arena, "u%u@example.com", life->unit);
	if (life->id % 5 == 0)
		ret->apply.remark = "首批接入，请予支持";
	if (life->accept_saved)
		fill_acceptance(q, life, ret);
	if (life->material)
		fill_files(q, w, life, ret);
	ret->sole = sole_of(q->arena, ret);
}
