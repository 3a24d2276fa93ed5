#ifndef HANDLERS_SHEET_LAYOUT_H
#define HANDLERS_SHEET_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "handlers/rules/table/kinds.h"

/*
 * The 反馈单 as a PDF (FB-1 to FB-6, A-68 to A-73): from a struct to bytes, no
 * database, no keys made or looked up. pdf_init() must have been called.
 */

/* Keys are base64 or hex as the channel will copy them. NULL prints an empty cell. */
struct sheet_row {
	/* payment */
	const char *app_name;        /* also on the identity sheet */
	const char *app_id;          /* 32 hex digits */
	const char *secret;          /* 数字密钥, 32 hex digits */
	const char *channel_private; /* 44 characters; never printed on a formal sheet */
	const char *channel_public;  /* 88 characters */
	const char *platform_public; /* 88 characters */
	/* identity */
	const char *institution_name;
	const char *institution_code;
	const char *business_type;
	const char *channel_code; /* 机构渠道认证编码, 64 characters */
};

struct sheet {
	enum environment environment;
	enum sheet_kind kind;
	const char *number;     /* of this sheet */
	const char *initiator;  /* 发起申请单位 */
	const char *verify_url; /* what the QR code opens; NULL: none */
	int64_t replied_at;     /* Unix seconds; the sheet's date in Asia/Shanghai */
	bool accepted;
	const char *reason; /* of a refusal; or NULL */
	const struct sheet_row *rows;
	size_t count;
};

/* "医保移动支付第三方渠道接入反馈单(测试环境)"; lives as long as the program. */
const char *sheet_title(enum environment environment, enum sheet_kind kind);

/* The PDF, in the arena; it needs about 1 MiB of it. Same struct, same bytes. */
void sheet_render(struct arena *arena, const struct sheet *sheet, unsigned char **ret_pdf,
    size_t *ret_size);

#endif
