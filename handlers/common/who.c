#include "handlers/common/who.h"

#include "fcgi/http/session.h"

static int64_t
number(const struct req *q, const char *name)
{
	return q->session ? json_integer_value(json_object_get(q->session->data, name)) : 0;
}

enum role
who_role(const struct req *q)
{
	return q->session ? (enum role)q->session->role : ROLE_NONE;
}

int64_t
who_user(const struct req *q)
{
	return q->session ? q->session->user_id : 0;
}

int64_t
who_unit(const struct req *q)
{
	return number(q, WHO_UNIT);
}

int64_t
who_institution(const struct req *q)
{
	return number(q, WHO_INSTITUTION);
}

int64_t
who_bureau(const struct req *q)
{
	return number(q, WHO_BUREAU);
}

bool
who_must_change(const struct req *q)
{
	return q->session && json_is_true(json_object_get(q->session->data, WHO_MUST_CHANGE));
}

int64_t
who_password_seq(const struct req *q)
{
	return number(q, WHO_PASSWORD_SEQ);
}

const char *
who_second(const struct req *q)
{
	return q->session ? json_string_value(json_object_get(q->session->data, WHO_SECOND)) : NULL;
}

int64_t
who_proved(const struct req *q)
{
	return number(q, WHO_PROVED);
}

const char *
who_scope(const struct req *q)
{
	const char *scope =
	    q->session ? json_string_value(json_object_get(q->session->data, WHO_SCOPE)) : NULL;

	return scope ? scope : "";
}

bool
who_may_download(const struct req *q)
{
	return q->session && json_is_true(json_object_get(q->session->data, WHO_MAY_DOWNLOAD));
}
