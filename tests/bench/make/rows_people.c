#include <string.h>

#include "handlers/common/sealing.h"
#include "handlers/rules/table/kinds.h"
#include "sql/application/upload.h"
#include "tests/bench/make/rows.h"

#define DAY INT64_C(86400)

/* Before the first application. */
static int64_t
registered(const struct out *o, uint32_t unit)
{
	return o->w->begin - 3600 - (int64_t)(unit % 400) * DAY;
}

void
row_institution(struct out *o, uint32_t institution)
{
	put_int(o, INSTITUTION_BASE + institution, '\t');
	put_text(o, institution_code(o->w, o->q->arena, institution), '\t');
	put_text(o, institution_name(o->w, o->q->arena, institution), '\t');
	put_text(o, o->w->places[o->w->place_of[institution]].code, '\t');
	put_text(o, unit_uscc(o->w, o->q->arena, o->w->unit_of[institution]), '\t');
	put_int(o, o->w->begin - 500 * DAY, '\t');
	put_int(o, o->w->now + 1000 * DAY, '\t');
	put_int(o, 1, '\n');
}

void
row_unit(struct out *o, uint32_t unit)
{
	struct arena *a = o->q->arena;
	const struct place *place = &o->w->places[o->w->place_of[o->w->first_of[unit]]];
	const char *id = person_id(o->w, a, WHAT_UNIT, unit),
		   *phone = person_phone(a, unit + 40000000ull);

	put_int(o, unit + INT64_C(1), '\t');
	const char *account = arena_printf(a, "unit%07u", unit);
	put_text(o, account, '\t');
	put_text(o, o->password, '\t');
	put_text(o, unit_name(o->w, a, unit), '\t');
	put_text(o, unit_is_pharmacy(o->w, unit) ? "pharmacy" : "hospital", '\t');
	put_text(o, place->code, '\t');
	put_text(o, unit_uscc(o->w, a, unit), '\t');
	put_text(o,
	    arena_printf(a, "%s%s %u 号", place->province_city, place->area, unit % 900 + 1), '\t');
	put_text(o,
	    seal_text(o->q, PURPOSE_UNIT_LEGAL_NAME, account,
		person_name(o->w, a, WHAT_UNIT, unit)),
	    '\t');
	put_text(o, "id_card", '\t');
	put_text(o, seal_text(o->q, PURPOSE_UNIT_LEGAL_ID, account, id), '\t');
	put_text(o, seal_text(o->q, PURPOSE_UNIT_LEGAL_PHONE, account, phone), '\t');
	bool waits = unit % 500 == 7, answered = unit % 33 == 5; /* by a bureau, 人工认证 */
	put_int(o, waits ? CERTIFICATION_MANUAL : CERTIFICATION_PASSED, '\t');
	put_int(o, registered(o, unit) + 600, '\t');
	put_id(o, !waits && answered ? o->w->now + 1000 * DAY : 0, '\t');
	put_id(o, waits || answered ? place->bureau[DESK_LOCAL] : 0, '\t');
	put_id(o, waits ? o->w->now - unit % 20 * DAY : answered ? registered(o, unit) : 0, '\t');
	put_int(o, registered(o, unit), '\n');
}

void
row_operator(struct out *o, uint32_t unit)
{
	struct arena *a = o->q->arena;
	const char *id = person_id(o->w, a, WHAT_PERSON, unit), *phone = person_phone(a, unit);

	put_int(o, unit + INT64_C(1), '\t');
	put_text(o, index_text(o->q, PURPOSE_OPERATOR_PHONE, phone), '\t');
	put_text(o,
	    seal_text(o->q, PURPOSE_OPERATOR_PHONE, row_number(o->q, unit + INT64_C(1)), phone),
	    '\t');
	put_text(o, person_name(o->w, a, WHAT_PERSON, unit), '\t');
	put_text(o, "id_card", '\t');
	put_text(o, seal_text(o->q, PURPOSE_OPERATOR_ID, row_number(o->q, unit + INT64_C(1)), id),
	    '\t');
	put_text(o, "2020-01-01", '\t');
	put_text(o, o->password, '\t');
	put_int(o, registered(o, unit), '\n');
}

void
row_binding(struct out *o, uint32_t unit)
{
	put_int(o, unit + INT64_C(1), '\t');
	put_int(o, unit + INT64_C(1), '\t');
	put_int(o, registered(o, unit), '\n');
}

void
row_grant(struct out *o, uint32_t unit)
{
	put_int(o, unit + INT64_C(1), '\t');
	put_int(o, BUSINESS_MOBILE_PAYMENT, '\t');
	put_int(o, unit + INT64_C(1), '\t');
	put_int(o, registered(o, unit), '\n');
}

void
row_upload(struct out *o, uint32_t unit)
{
	if (!unit_has_material(o->w, unit))
		return;
	for (size_t slot = 0; slot < FILE_SLOTS; slot++) {
		struct application_file f;
		int64_t at = registered(o, unit) + 300;

		upload_of(o->w, o->q->arena, unit, slot, NULL, &f);
		put_text(o, f.upload_id, '\t');
		put_int(o, unit + INT64_C(1), '\t');
		put_int(o, ROLE_OPERATOR, '\t');
		put_int(o, unit + INT64_C(1), '\t');
		put_text(o, file_slots[slot].slot, '\t');
		put_text(o, f.name, '\t');
		put_int(o, f.size, '\t');
		put_int(o, f.size, '\t');
		put_int(o, UPLOAD_STORED, '\t');
		put_text(o, f.type, '\t');
		put_text(o, f.digest, '\t');
		put_int(o, at, '\t');
		put_int(o, at, '\n');
	}
}
