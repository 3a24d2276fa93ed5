#include "handlers/account/cross_check.h"

#include <string.h>
#include <strings.h>

#include "fcgi/crypto/keyring.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/procedure/region.h"
#include "sql/catalogue/region.h"

static void
complain(struct req *q, const char *field, const char *text)
{
	(void)!refuse_field(q, field, text); /* counted; check_end() reports it */
}

void
check_password(struct req *q, const char *password, const char *password2,
    const char *const *others)
{
	if (!password)
		return;
	if (password2 && strcmp(password, password2) != 0)
		complain(q, "password2", "两次输入的密码不一致，请重新输入");
	for (; *others; others++)
		if (strcasecmp(password, *others) == 0)
			complain(q, "password", "密码不能与账号、统一社会信用代码或手机号相同");
}

void
check_id_no(struct req *q, const char *name, const char *type, const char *number)
{
	if (!type || !number)
		return;
	bool valid = id_number_valid(type, number);
	if (valid && strcmp(type, "id_card") == 0)
		valid = id_card_born_by(number, date_of(q->now));
	if (!valid)
		complain(q, name, "证件号码与所选证件类型不符，请核对");
}

void
check_id_period(struct req *q, const char *id_start, const char *id_end)
{
	int64_t start, end;

	if (!id_start || !id_end || !date_parse(id_start, &start) || !date_parse(id_end, &end))
		return;
	if (end < start)
		complain(q, "id_end", "结束日期不能早于起始日期");
	else if (end < date_of(q->now))
		complain(q, "id_end", "证件已过有效期，请使用有效证件");
}

enum err
check_region(struct req *q, const char *code)
{
	struct region region = { 0 };

	if (!code)
		return ERR_OK;
	enum err e = region_get(q->db, q->arena, code, &region);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND || region.kind == REGION_PLACEHOLDER ||
	    (!region.leaf && region.kind != REGION_DIRECT))
		complain(q, "region", "请选择到区县或本级");
	return ERR_OK;
}

const char *
id_no_stored(struct req *q, const char *number)
{
	return format_upper(arena_strndup(q->arena, number, strlen(number)));
}
