#include <stdlib.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/names.h"
#include "sql/record/audit.h"
#include "tests/bench/make/rows.h"

#define OFFICE_COLUMNS(C, E)                                                                       \
	C(INT, b, id)                                                                              \
	C(TEXT, b, region_code)                                                                    \
	C(CODE, b, level)
SQL_ROW(office, OFFICE_COLUMNS)

static void
must(enum err e)
{
	if (e == ERR_OK)
		return;
	fprintf(stderr, "the database does not answer: %s\n", err_info(e)->key);
	exit(EXIT_FAILURE);
}

void
row_staff(struct out *o)
{
	const struct office *offices;
	size_t count;

	must(sql_all(o->q->db, o->q->arena, "SELECT {} FROM bureau b ORDER BY id LIMIT 5000",
	    NO_ARGS, office_shape(), &offices, &count));
	for (size_t i = 0; i < count; i++)
		for (unsigned k = 0; k < officers_at(offices[i].level); k++) {
			int64_t id = STAFF_OF(offices[i].id, k);

			put_int(o, id, '\t');
			const char *account =
			    arena_printf(o->q->arena, "b%s-%02u", offices[i].region_code, k);
			put_text(o, account, '\t');
			put_text(o, person_name(o->w, o->q->arena, WHAT_BUREAU, (uint64_t)id),
			    '\t');
			const char *id_no = person_id(o->w, o->q->arena, WHAT_BUREAU, (uint64_t)id);
			put_text(o,
			    seal_text(o->q, PURPOSE_STAFF_PHONE, account,
				person_phone(o->q->arena, (uint32_t)id)),
			    '\t');
			put_text(o, seal_text(o->q, PURPOSE_STAFF_ID, account, id_no), '\t');
			put_text(o, index_text(o->q, PURPOSE_STAFF_ID, id_no), '\t');
			put_text(o, o->password, '\t');
			put_int(o, o->w->now, '\t');
			put_int(o, offices[i].id, '\t');
			put_int(o, ROLE_OFFICER, '\t');
			put_int(o, 0, '\t');
			put_int(o, o->w->begin - 1, '\n');
		}
}

/* ---- 审计: one row for each application that was begun ---------------------------- */

static struct head {
	int64_t chain, seq;
	const char *hash;
	char now[2 * SM3_SIZE + 1];
} heads[AUDIT_CHAINS];
static bool heads_read;
#define HEAD_COLUMNS(C, E)                                                                         \
	C(INT, a, chain)                                                                           \
	C(INT, a, seq)                                                                             \
	C(TEXT, a, hash)
SQL_SHAPE(head, head, HEAD_COLUMNS)

/* Where the chains end now. */
static void
read_heads(struct out *o)
{
	const struct head *rows;
	size_t count;

	for (int i = 0; i < AUDIT_CHAINS; i++)
		memset(heads[i].now, '0', 2 * SM3_SIZE);
	must(sql_all(o->q->db, o->q->arena, "SELECT {} FROM audit_head a LIMIT 16", NO_ARGS,
	    head_shape(), &rows, &count));
	for (size_t i = 0; i < count; i++) {
		struct head *h = &heads[rows[i].chain];

		h->seq = rows[i].seq;
		snprintf(h->now, sizeof(h->now), "%s", rows[i].hash);
	}
	heads_read = true;
}

/* As sql/record/audit.c links its rows; `portal admin audit-verify` says whether it still does so. */
static void
link_row(struct out *o, int64_t chain, int64_t user, const char *address, const char *object,
    int64_t at)
{
	const char *deed = deed_name(DEED_APPLICATION_CREATE);
	struct head *h = &heads[chain];
	unsigned char digest[SM3_SIZE];
	const char *text = arena_printf(o->q->arena,
	    "%s %lld %lld %u %lld %lld %zu:%s%zu:%s%zu:%s%zu:%s", h->now, (long long)chain,
	    (long long)++h->seq, (unsigned)ROLE_OPERATOR, (long long)user, (long long)at,
	    strlen(address), address, strlen(deed), deed, strlen(object), object, (size_t)0, "");

	sm3(text, strlen(text), digest);
	snprintf(h->now, sizeof(h->now), "%s", bytes_hex(o->q->arena, digest, sizeof(digest)));
}

/* false: not for this one. */
static bool
audit_next(struct out *o, const struct life *life, const char **ret_address,
    const char **ret_object, int64_t *ret_chain)
{
	int64_t user = life->unit + INT64_C(1);

	if (!heads_read)
		read_heads(o);
	if (!life->material)
		return false;
	*ret_address = arena_printf(o->q->arena, "10.%u.%u.%u", life->unit >> 16 & 255,
	    life->unit >> 8 & 255, life->unit & 255);
	*ret_object = arena_printf(o->q->arena, "application/%s", life->number);
	*ret_chain = (user + ROLE_OPERATOR) % AUDIT_CHAINS;
	link_row(o, *ret_chain, user, *ret_address, *ret_object, life->created);
	return true;
}

void
row_audit(struct out *o, const struct life *life)
{
	const char *address, *object;
	int64_t chain;

	if (!audit_next(o, life, &address, &object, &chain))
		return;
	put_int(o, chain, '\t');
	put_int(o, heads[chain].seq, '\t');
	put_int(o, ROLE_OPERATOR, '\t');
	put_int(o, life->unit + INT64_C(1), '\t');
	put_text(o, address, '\t');
	put_text(o, deed_name(DEED_APPLICATION_CREATE), '\t');
	put_text(o, object, '\t');
	put_text(o, "", '\t');
	put_int(o, life->created, '\t');
	put_text(o, heads[chain].now, '\n');
}

/* Made before the rows themselves are loaded, from the same ends. */
void
row_audit_head(struct out *o)
{
	struct lives lives;
	struct life life;
	const char *address, *object;
	int64_t chain;

	read_heads(o);
	lives_begin(&lives, o->w);
	while (lives_next(&lives, &life)) {
		(void)!audit_next(o, &life, &address, &object, &chain);
		arena_reset(o->q->arena);
	}
	lives_end(&lives);
	for (chain = 0; chain < AUDIT_CHAINS; chain++) {
		put_int(o, chain, '\t');
		put_int(o, heads[chain].seq, '\t');
		put_text(o, heads[chain].now, '\n');
	}
}
