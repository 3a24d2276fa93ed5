#include "handlers/account/security_record.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/base/time.h"
#include "fcgi/http/query.h"
#include "handlers/common/list.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/names.h"
#include "sql/account/staff.h"
#include "sql/record/security_record.h"

#define PAGE 50

struct own_record_answer {
	int64_t at;
	const char *deed, *text, *address, *application;
	bool own;
	int64_t count;
};
static const struct answer_row record_rows[] = {
	ANSWER(struct own_record_answer, at, .about = "Unix seconds"),
	ANSWER(struct own_record_answer, deed),
	ANSWER(struct own_record_answer, text, .about = "the deed in words"),
	ANSWER(struct own_record_answer, own, .about = "by whoever reads this"),
	ANSWER(struct own_record_answer, address, .null = true,
	    .about = "it came from; null: of somebody else who was signed in"),
	ANSWER(struct own_record_answer, application, .null = true, .about = "number it was about"),
	ANSWER(struct own_record_answer, count, .null = true,
	    .about = "of failures: of how many alike in that hour this is"),
};
static const struct answer own_record_answer =
    ANSWER_TABLE("security_record", struct own_record_answer, record_rows);

PAGE_ANSWER(security_records, struct own_record_answer, &own_record_answer);

static const char *
session_object(struct req *q, enum role role)
{
	return arena_printf(q->arena, "session/%u/%lld", (unsigned)role, (long long)who_user(q));
}

/* Under which objects rows about his account stand. */
static enum err
subject_of(struct req *q, struct security_subject *ret)
{
	enum role role = who_role(q);
	struct staff staff;

	*ret = (struct security_subject){ .user_id = who_user(q),
		.first_role = (unsigned)role,
		.last_role = (unsigned)role };
	ret->objects[0] = ret->objects[1] = session_object(q, role);
	if (role == ROLE_UNIT || role == ROLE_OPERATOR) {
		ret->objects[2] = arena_printf(q->arena, "%s/%lld",
		    role == ROLE_UNIT ? "unit" : "operator", (long long)who_user(q));
		return ERR_OK;
	}
	/* logins that failed are counted as an officer's, whichever role he has */
	TRY(staff_get(q->db, q->arena, who_user(q), &staff));
	ret->first_role = ROLE_OFFICER;
	ret->last_role = ROLE_AUDITOR;
	ret->objects[1] = session_object(q, ROLE_OFFICER);
	ret->objects[2] = arena_printf(q->arena, "staff/%s", staff.account);
	return ERR_OK;
}

static struct own_record_answer
row_of(const struct req *q, const struct security_record *r)
{
	const char *count = strstr(r->detail, " count=");
	bool own = r->user_id == who_user(q) &&
		   (r->role == (unsigned)who_role(q) || r->role >= ROLE_OFFICER);
	const char *application =
	    strncmp(r->object, "application/", 12) == 0 ? r->object + 12 : NULL;

	return (struct own_record_answer){ .at = r->at,
		.deed = r->deed,
		.text = deed_text(r->deed),
		.own = own,
		.address = (own || r->user_id == 0) && *r->address ? r->address : NULL,
		.application = application,
		.count = count ? strtoll(count + 7, NULL, 10) : 0 };
}

struct security_record_query {
	const char *cursor;
};
static const struct field query_fields[] = {
	FIELD(struct security_record_query, cursor, .label = "next of the page before", .max = 40),
};
const struct form security_record_query = FORM("security_record_query", query_fields);

static struct audit_place
read_place(const char *cursor)
{
	struct audit_place place = { INT64_MAX, 0 };

	(void)page_place_read(cursor, &place.at, &place.id);
	return place;
}

enum err
security_record_index(struct req *q)
{
	const struct security_record *list;
	struct security_record_query in = { 0 };
	struct security_subject subject;
	size_t count;

	TRY(query_bind(q, &security_record_query, &in));
	TRY(subject_of(q, &subject));
	TRY(security_records(q->db, q->arena, &subject, q->now - SECURITY_RECORD_DAYS * DAY,
	    read_place(in.cursor), PAGE + 1, &list, &count));
	struct own_record_answer *items = ARENA_ARRAY(q->arena, struct own_record_answer, count);
	for (size_t i = 0; i < count; i++)
		items[i] = row_of(q, &list[i]);
	const struct security_record *last = count > PAGE ? &list[PAGE - 1] : NULL;
	const struct security_records_answer answer = {
		.items = { items, page_rows(count, PAGE) },
		.next = last ? page_place(q->arena, last->at, last->id) : NULL,
	};
	return reply(q, 200, &security_records_answer, &answer);
}
