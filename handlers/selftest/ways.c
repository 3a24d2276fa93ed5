/* The table of what is done differently: rows that stand for themselves, then those of the envelope. */
#include "handlers/selftest/ways.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/loose.h"

#define WAYS_MAX 10000
#define CLOCK_STEPS 1000 /* milliseconds between signing and sending */
#define CLOCK_NEAR 10

#define W(family_name, cost_of, mistake_name, ...)                                                 \
	{                                                                                          \
		.family = family_name, .cost = cost_of, .mistake = MISTAKE_##mistake_name,         \
		.value = __VA_ARGS__                                                               \
	}

#define WAY(family_name, cost_of, mistake_name, v, t, n, b, said)                                  \
	(struct sign_way)                                                                          \
	{                                                                                          \
		.family = family_name, .cost = cost_of, .mistake = mistake_name, .value = v,       \
		.text = t, .name = n, .bits = b, .note = said                                      \
	}

/* clang-format off */
static const struct sign_way rows[] = {
	W(DATA_ORDER, 1, NESTED_UNSORTED, ORDER_SENT, .note = "data 里的字段按原有顺序"),
	W(DATA_ORDER, 1, NESTED_UNSORTED, ORDER_HASH, .note = "data 里的字段按 Java HashMap 的顺序，请改用 TreeMap"),
	W(DATA_ORDER, 2, NESTED_UNSORTED, ORDER_TOP_SORTED, .note = "只排了 data 的第一层"),
	W(DATA_ORDER, 2, NESTED_UNSORTED, ORDER_CASELESS, .note = "data 里的字段排序时没有区分大小写"),
	W(DATA_ORDER, 2, NESTED_UNSORTED, ORDER_NUMERIC, .note = "data 里数字形式的字段名排在了前面"),
	W(DATA_ORDER, 3, NESTED_UNSORTED, ORDER_REVERSE, .note = "data 里的字段排成了倒序"),
	/* some platforms do: before what is a mistake and may come to the same */
	W(DATA_EMPTIES, 1, EMPTIES_DEPTH, EMPTIES_DEEP_KEPT, .note = "空值只在 data 的第一层去掉"),
	W(DATA_EMPTIES, 1, EMPTIES_DEPTH, EMPTIES_NULLS_DROPPED, .note = "只去掉 null，保留空字符串、空对象和空数组"),
	W(DATA_EMPTIES, 1, EMPTIES_DEPTH, EMPTIES_LISTS_KEPT, .note = "保留空数组"),
	W(DATA_EMPTIES, 2, EMPTIES_DEPTH, EMPTIES_TEXTS_KEPT, .note = "保留空字符串"),
	W(DATA_EMPTIES, 2, EMPTIES_DEPTH, EMPTIES_LEAVES_DROPPED, .note = "保留空对象和空数组"),
	W(DATA_EMPTIES, 2, EMPTIES_DEPTH, EMPTIES_INSIDE_NULLS_DROPPED),
	W(DATA_EMPTIES, 2, EMPTIES_DEPTH, EMPTIES_INSIDE_LISTS_KEPT),
	W(DATA_EMPTIES, 2, EMPTIES_DEPTH, EMPTIES_INSIDE_TEXTS_KEPT),
	W(DATA_EMPTIES, 2, EMPTIES_DEPTH, EMPTIES_INSIDE_LEAVES_DROPPED),
	W(DATA_EMPTIES, 1, EMPTIES_KEPT, EMPTIES_KEPT),
	W(DATA_EMPTIES, 2, EMPTIES_KEPT, EMPTIES_DATA_KEPT, .note = "data 里的空值"),
	W(DATA_EMPTIES, 2, EMPTIES_KEPT, EMPTIES_TOP_KEPT, .note = "报文第一层的空字段"),
	W(DATA_EMPTIES, 2, EMPTIES_KEPT, EMPTIES_TEXTS_DROPPED, .note = "只去掉了空字符串"),
	W(DATA_EMPTIES, 2, EMPTIES_KEPT, EMPTIES_HOLLOW_KEPT, .note = "去掉空值后变空的对象和数组没有再去掉"),
	W(DATA_EMPTIES, 2, EMPTIES_KEPT, EMPTIES_IN_LISTS_KEPT, .note = "数组里的空值"),
	W(DATA_EMPTIES, 2, EMPTIES_KEPT, EMPTIES_FIRST_KEPT, .note = "data 第一层的空值"),
	W(DATA_EMPTIES, 2, EMPTIES_KEPT, EMPTIES_THIRD_KEPT, .note = "第三层起的空值"),
	W(DATA_EMPTIES, 2, EMPTIES_KEPT, EMPTIES_NULLS_KEPT, .note = "null"),
	W(DATA_EMPTIES, 2, EMPTIES_KEPT, EMPTIES_BARE_KEPT, .note = "原有的空对象和空数组"),
	W(DATA_SPACES, 1, JSON_SPACES, SPACES_BOTH),
	W(DATA_SPACES, 2, JSON_SPACES, SPACES_COLON),
	W(DATA_SPACES, 2, JSON_SPACES, SPACES_COMMA),
	W(DATA_SPACES, 2, JSON_SPACES, SPACES_TWO),
	W(DATA_SPACES, 2, JSON_SPACES, SPACES_FOUR),
	W(DATA_SPACES, 3, JSON_SPACES, SPACES_TAB),
	W(DATA_SPACES, 2, JSON_SPACES, SPACES_JACKSON),
	W(DATA_ESCAPES, 1, JSON_ESCAPES, ESCAPE_LOWER),
	W(DATA_ESCAPES, 2, JSON_ESCAPES, ESCAPE_UPPER),
	W(DATA_ESCAPES, 1, JSON_ESCAPES, ESCAPE_SLASH),
	W(DATA_ESCAPES, 2, JSON_ESCAPES, ESCAPE_PHP),
	W(DATA_ESCAPES, 2, JSON_ESCAPES, ESCAPE_GSON),
	W(DATA_ESCAPES, 2, JSON_ESCAPES, ESCAPE_GO),
	W(DATA_ESCAPES, 2, JSON_ESCAPES, ESCAPE_DOTNET),
	W(DATA_ESCAPES, 2, JSON_ESCAPES, ESCAPE_FASTJSON),
	W(DATA_QUOTES, 1, NUMBERS_QUOTED_FIRST, QUOTES_FIRST),
	W(DATA_QUOTES, 2, NUMBERS_QUOTED_FIRST, QUOTES_NUMBERS),
	W(DATA_QUOTES, 1, NUMBERS_QUOTED, QUOTES_ALL),
	W(DATA_QUOTES, 2, NUMBERS_QUOTED, QUOTES_EVERY),
	W(DATA_QUOTES, 1, NUMBERS_QUOTED, QUOTES_NONE),
	W(DATA_NUMBERS, 1, NUMBERS_REWRITTEN, NUMBERS_DOUBLE),
	W(DATA_NUMBERS, 1, NUMBERS_REWRITTEN, NUMBERS_SHORT),
	W(DATA_NUMBERS, 1, NUMBERS_REWRITTEN, NUMBERS_SCRIPT),
	W(DATA_NUMBERS, 2, NUMBERS_REWRITTEN, NUMBERS_JAVA),
	W(DATA_NUMBERS, 2, NUMBERS_REWRITTEN, NUMBERS_CENTS),
	W(DATA_NUMBERS, 2, NUMBERS_REWRITTEN, NUMBERS_PYTHON),
	W(DATA_NUMBERS, 2, NUMBERS_REWRITTEN, NUMBERS_PHP),
	W(DATA_NUMBERS, 2, NUMBERS_REWRITTEN, NUMBERS_GO),
	/* bits: the order there */
	W(DATA_FORM, 1, DATA_NOT_JSON, FORM_JAVA),
	W(DATA_FORM, 1, DATA_NOT_JSON, FORM_JAVA, .bits = ORDER_SENT),
	W(DATA_FORM, 2, DATA_NOT_JSON, FORM_JAVA, .bits = ORDER_HASH),
	W(DATA_FORM, 1, DATA_NOT_JSON, FORM_OBJECT),
	W(DATA_FORM, 1, DATA_QUOTED, FORM_QUOTED),
	W(DATA_FORM, 2, DATA_QUOTED, FORM_ESCAPED),
	W(DATA_FORM, 2, DATA_NOT_JSON, FORM_PYTHON, .bits = ORDER_SENT),
	W(DATA_FORM, 2, DATA_NOT_JSON, FORM_PYTHON),
	W(DATA_FORM, 2, DATA_NOT_JSON, FORM_GO),
	W(DATA_FORM, 2, DATA_NOT_JSON, FORM_ARRAY),
	W(DATA_FORM, 2, DATA_NOT_JSON, FORM_QUERY),
	W(DATA_INNER, 1, DATA_WRAPPED, 1),
	W(DATA_RAW, 3, DATA_AS_SENT, 1),
	W(SIGN_CONTENT, 1, SIGNED_AFTER_ENCRYPTION, CONTENT_NONE),
	W(SIGN_CONTENT, 1, SIGNED_AFTER_ENCRYPTION, CONTENT_CIPHER),
	W(SIGN_CONTENT, 2, SIGNED_AFTER_ENCRYPTION, CONTENT_BOTH),
	W(SIGN_CONTENT, 2, SIGNED_AFTER_ENCRYPTION, CONTENT_AS_DATA),
	W(SIGN_WHOLE, 1, SIGN_STRING_OTHER, WHOLE_DATA),
	W(SIGN_WHOLE, 1, SIGN_STRING_OTHER, WHOLE_CIPHER),
	W(SIGN_WHOLE, 2, SIGN_STRING_OTHER, WHOLE_JSON),
	W(SIGN_WHOLE, 2, SIGN_STRING_OTHER, WHOLE_JSON_CIPHER),
	W(SIGN_ORDER, 1, FIELDS_UNSORTED, PLACE_SENT),
	W(SIGN_ORDER, 1, FIELDS_UNSORTED, PLACE_LAST),
	W(SIGN_ORDER, 2, FIELDS_UNSORTED, PLACE_FIRST),
	W(SIGN_ORDER, 2, FIELDS_UNSORTED, PLACE_SORTED_LAST),
	W(SIGN_ORDER, 2, FIELDS_UNSORTED, PLACE_SORTED_FIRST),
	W(SIGN_ORDER, 1, FIELDS_UNSORTED, PLACE_ORDER + ORDER_HASH, .note = "报文字段按 Java HashMap 的顺序，请改用 TreeMap"),
	W(SIGN_ORDER, 2, FIELDS_UNSORTED, PLACE_ORDER + ORDER_CASELESS, .note = "报文字段排序时没有区分大小写"),
	W(SIGN_ORDER, 3, FIELDS_UNSORTED, PLACE_ORDER + ORDER_REVERSE, .note = "报文字段排成了倒序"),
	W(SIGN_NAMES, 1, FIELD_NAME, 1),
	W(SIGN_EXTRA, 1, EXTRA_SIGNED, 1),
	/* name: between a name and its value; text: between pairs */
	W(SIGN_JOINED, 2, SIGN_JOINED, JOINED_VALUES, .text = "", .name = "", .note = "只拼接了值，没有字段名和连接符"),
	W(SIGN_JOINED, 2, SIGN_JOINED, JOINED_PAIRS, .text = "", .name = "", .note = "缺少 = 和 &"),
	W(SIGN_JOINED, 2, SIGN_JOINED, JOINED_PAIRS, .text = "", .name = "=", .note = "缺少 &"),
	W(SIGN_JOINED, 2, SIGN_JOINED, JOINED_VALUES, .text = "&", .name = "", .note = "只拼接了值，没有字段名"),
	W(SIGN_JOINED, 2, SIGN_JOINED, JOINED_PAIRS, .text = "&", .name = ":", .note = "= 写成了 :"),
	W(SIGN_JOINED, 3, SIGN_JOINED, JOINED_PAIRS, .text = ",", .name = "=", .note = "& 写成了 ,"),
	W(SIGN_JOINED, 3, SIGN_JOINED, JOINED_PAIRS, .text = ";", .name = "=", .note = "& 写成了 ;"),
	W(SIGN_JOINED, 3, SIGN_JOINED, JOINED_PAIRS, .text = "|", .name = "=", .note = "& 写成了 |"),
	W(SIGN_JOINED, 3, SIGN_JOINED, JOINED_PAIRS, .text = "\n", .name = "=", .note = "& 写成了换行"),
	W(SIGN_JOINED, 3, SIGN_JOINED, JOINED_PAIRS, .text = "&amp;", .name = "=", .note = "& 写成了 &amp;"),
	W(SIGN_JOINED, 3, SIGN_JOINED, JOINED_PAIRS, .text = " & ", .name = "=", .note = "& 前后多了空格"),
	W(SIGN_JOINED, 3, SIGN_JOINED, JOINED_PAIRS, .text = ", ", .name = "=", .note = "& 写成了逗号和空格"),
	W(SIGN_JOINED, 3, SIGN_JOINED, JOINED_VALUES, .text = "|", .name = "", .note = "只拼接了值，用 | 连接"),
	W(SIGN_JOINED, 3, SIGN_JOINED, JOINED_VALUES, .text = ",", .name = "", .note = "只拼接了值，用 , 连接"),
	W(SIGN_JOINED, 3, SIGN_JOINED, JOINED_NAMES, .text = "&", .name = "=", .note = "字段名转成了小写"),
	W(SIGN_URL, 1, SIGN_URL_ENCODED, URL_SCRIPT),
	W(SIGN_URL, 2, SIGN_URL_ENCODED, URL_FORM),
	W(SIGN_URL, 2, SIGN_URL_ENCODED, URL_RFC),
	W(SIGN_URL, 2, SIGN_URL_ENCODED, URL_PYTHON),
	W(SIGN_URL, 2, SIGN_URL_ENCODED, URL_PHP),
	W(SIGN_URL, 2, SIGN_URL_ENCODED, URL_GO),
	W(SIGN_URL, 2, SIGN_URL_ENCODED, URL_DOTNET),
	W(SIGN_URL, 2, SIGN_URL_ENCODED, URL_TWICE, .note = "编码了两次"),
	W(SIGN_URL, 2, SIGN_URL_ENCODED, URL_WHOLE, .note = "整个待签名串都编码了"),
	W(SIGN_URL, 2, SIGN_URL_ENCODED, URL_WHOLE_FORM, .note = "整个待签名串都编码了"),
	W(SIGN_KEY_PLACE, 1, SIGN_KEY_MISSING, KEY_MISSING),
	W(SIGN_KEY_PLACE, 2, SIGN_KEY_WRONG, KEY_FRONT, .note = "key= 放在了最前面"),
	W(SIGN_KEY_PLACE, 1, SIGN_KEY_WRONG, KEY_SORTED, .note = "key= 与其他字段一起排了序"),
	/* text: before the 数字密钥 */
	W(SIGN_KEY_NAME, 2, SIGN_KEY_WRONG, 1, .text = "&appSecret=", .note = "名称写成了 appSecret"),
	W(SIGN_KEY_NAME, 3, SIGN_KEY_WRONG, 1, .text = "&appsecret=", .note = "名称写成了 appsecret"),
	W(SIGN_KEY_NAME, 3, SIGN_KEY_WRONG, 1, .text = "&app_secret=", .note = "名称写成了 app_secret"),
	W(SIGN_KEY_NAME, 3, SIGN_KEY_WRONG, 1, .text = "&secret=", .note = "名称写成了 secret"),
	W(SIGN_KEY_NAME, 3, SIGN_KEY_WRONG, 1, .text = "&secretKey=", .note = "名称写成了 secretKey"),
	W(SIGN_KEY_NAME, 3, SIGN_KEY_WRONG, 1, .text = "&appKey=", .note = "名称写成了 appKey"),
	W(SIGN_KEY_NAME, 2, SIGN_KEY_WRONG, 1, .text = "&Key=", .note = "名称写成了 Key"),
	W(SIGN_KEY_NAME, 2, SIGN_KEY_WRONG, 1, .text = "&KEY=", .note = "名称写成了 KEY"),
	W(SIGN_KEY_NAME, 2, SIGN_KEY_WRONG, 1, .text = "&", .note = "缺少 key="),
	W(SIGN_KEY_NAME, 2, SIGN_KEY_WRONG, 1, .text = "key=", .note = "缺少 &"),
	W(SIGN_KEY_NAME, 2, SIGN_KEY_WRONG, 1, .text = "", .note = "缺少 &key="),
	W(SIGN_KEY_NAME, 2, SIGN_KEY_WRONG, 1, .text = "&&key=", .note = "多了一个 &"),
	W(SIGN_KEY_NAME, 3, SIGN_KEY_WRONG, 1, .text = "&key:", .note = "= 写成了 :"),
	W(SIGN_KEY_NAME, 3, SIGN_KEY_WRONG, 1, .text = "&key", .note = "缺少 ="),
	W(SIGN_KEY_NAME, 3, SIGN_KEY_WRONG, 1, .text = "&key= ", .note = "= 后面多了空格"),
	W(SIGN_KEY_NAME, 3, SIGN_KEY_WRONG, 1, .text = ",key=", .note = "& 写成了 ,"),
	/* name: before all of it; text: behind */
	W(SIGN_ENDS, 1, SIGN_NEWLINE, 1, .text = "\n", .name = ""),
	W(SIGN_ENDS, 2, SIGN_NEWLINE, 1, .text = "\r\n", .name = ""),
	W(SIGN_ENDS, 2, SIGN_NEWLINE, 1, .text = " ", .name = ""),
	W(SIGN_ENDS, 2, SIGN_NEWLINE, 1, .text = "", .name = "\xef\xbb\xbf"),
	W(SIGN_ENDS, 3, SIGN_NEWLINE, 1, .text = "", .name = " "),
	W(SIGN_ENDS, 3, SIGN_NEWLINE, 1, .text = "", .name = "\n"),
	W(SIGN_ENDS, 3, SIGN_NEWLINE, 1, .text = "&", .name = "", .note = "末尾多了一个 &"),
	W(SIGN_ENDS, 3, SIGN_NEWLINE, 1, .text = "", .name = "&", .note = "开头多了一个 &"),
	W(SIGN_ENDS, 3, SIGN_NEWLINE, 1, .text = "", .name = "?", .note = "开头多了一个 ?"),
	W(SIGN_ENDS, 3, SIGN_NEWLINE, 1, .text = "\"", .name = "\"", .note = "首尾多了引号"),
	W(SIGN_CHARSET, 1, NOT_UTF8, CHARSET_GBK),
	W(SIGN_CHARSET, 2, NOT_UTF8, CHARSET_LATIN),
	W(SIGN_CHARSET, 2, NOT_UTF8, CHARSET_GB18030),
	W(SIGN_CHARSET, 2, NOT_UTF8, CHARSET_TWICE),
	W(SIGN_CHARSET, 2, NOT_UTF8, CHARSET_UTF16LE),
	W(SIGN_CHARSET, 2, NOT_UTF8, CHARSET_UTF16BE),
	W(MESSAGE_DIGEST, 1, SIGN_DIGEST, DIGEST_HEX),
	W(MESSAGE_DIGEST, 1, SIGN_DIGEST, DIGEST_UPPER),
	W(MESSAGE_DIGEST, 2, SIGN_DIGEST, DIGEST_BYTES),
	W(MESSAGE_DIGEST, 2, SIGN_DIGEST, DIGEST_BASE64),
	W(MESSAGE_DIGEST, 2, SIGN_DIGEST, DIGEST_FORMS + DIGEST_HEX),
	W(MESSAGE_DIGEST, 2, SIGN_DIGEST, DIGEST_FORMS + DIGEST_UPPER),
	W(MESSAGE_DIGEST, 2, SIGN_DIGEST, DIGEST_FORMS + DIGEST_BYTES),
	W(MESSAGE_DIGEST, 3, SIGN_DIGEST, DIGEST_FORMS + DIGEST_BASE64),
	W(MESSAGE_ID, 1, USER_ID_EMPTY, ID_OTHER, .text = ""),
	W(MESSAGE_ID, 1, SIGN_WITHOUT_Z, ID_NO_Z),
	W(MESSAGE_ID, 2, SIGN_WITHOUT_Z, ID_RAW),
	W(MESSAGE_ID, 2, SIGN_WITHOUT_Z, ID_SHA256),
	W(MESSAGE_ID, 1, SIGN_Z_OTHER_KEY, ID_PLATFORM),
	W(MESSAGE_ID, COST_MAX, SIGN_ECDSA, ID_ECDSA),
	W(MESSAGE_ID, COST_MAX, SIGN_ECDSA, ID_ECDSA_SHA256),
	W(MESSAGE_ID, COST_MAX, SIGN_ECDSA, ID_ECDSA_Z),
	W(MESSAGE_SIGNER, 1, SIGNED_BY_PLATFORM, SIGNER_PLATFORM),
	W(MESSAGE_SIGNER, 1, KEY_PAIR, SIGNER_PAIR),
	W(MESSAGE_SIGNER, 2, PRIVATE_KEY_33, SIGNER_CUT),
	W(MESSAGE_SIGNER, 2, ENVIRONMENT, SIGNER_WRONG),
};
/* clang-format on */

/* The first IDS_COMMON of examples and slips, then of anybody's. */
#define IDS_COMMON 7
static const char *const user_ids[] = { "1234567887654321", "1234567890123456",
	"ALICE123@YAHOO.COM", "12345678", "31323334353637383132333435363738",
	"\x12\x34\x56\x78\x12\x34\x56\x78", "1234567812345678\n",
	"MTIzNDU2NzgxMjM0NTY3OA==", "8765432187654321", "123456", "1234", "123456789", "1234567890",
	"0", "1", "BILL456@YAHOO.COM", "alice@example.com", "userId", "userid", "user", "test",
	"testUserId", "TEST", "admin", "default", "sm2", "SM2", "id", "ID", "abc", "hello",
	"channel", "platform", "other", "wrong", "someone", "someone-else", "0000000000000000",
	"1111111111111111", "12345678abcdefgh", "abcdefghijklmnop", "9999999999999999" };

struct maker {
	struct arena *arena;
	const struct selftest_keys *keys, *wrong;
	const struct diagnosis *d;
	struct ways *ways;
};

static void
add(const struct maker *m, struct sign_way way)
{
	if (m->ways->count < WAYS_MAX)
		m->ways->list[m->ways->count++] = way;
}

/* What else people put behind &key=. */
static void
add_key_texts(const struct maker *m)
{
	static const char *const blanks[] = { "\n", "\r\n", " " };
	const struct selftest_keys *keys = m->keys;
	const char *secret = keys->app_secret, *channel, *own;
	unsigned char k2[SM4_KEY_SIZE];

	envelope_cipher_key(m->arena, keys->app_id, secret, k2);
	channel = bytes_base64(m->arena, keys->channel_public, SM2_PUBLIC_SIZE);
	own = keys->has_private ? bytes_base64(m->arena, keys->channel_private, SM2_PRIVATE_SIZE)
				: channel;
	const struct {
		unsigned cost;
		const char *text, *note;
	} texts[] = {
		{ 1, "", "空值" },
		{ 2, "null", "null" },
		{ 2, "undefined", "undefined" },
		{ 3, "None", "None" },
		{ 1, lower_case(m->arena, secret), "小写的数字密钥" },
		{ 1, keys->app_id, "应用ID" },
		{ 2, arena_printf(m->arena, "%.16s", keys->app_id), "应用ID前 16 个字符" },
		{ 2, arena_printf(m->arena, "%.16s", secret), "数字密钥前 16 个字符" },
		{ 2, arena_strndup(m->arena, (char *)k2, SM4_KEY_SIZE), "派生的 SM4 密钥" },
		{ 2, bytes_base64(m->arena, keys->platform_public, SM2_PUBLIC_SIZE), "平台公钥" },
		{ 2, channel, "渠道公钥" },
		{ 2, own, "渠道私钥" },
		{ 3, arena_printf(m->arena, "\"%s\"", secret), "数字密钥加了引号" },
		{ 3, bytes_base64(m->arena, secret, strlen(secret)), "数字密钥的 Base64" },
		{ 3, bytes_hex_upper(m->arena, secret, strlen(secret)), "数字密钥的十六进制" },
		{ 3, arena_printf(m->arena, "%s%s", secret, secret), "数字密钥写了两遍" },
	};
	for (size_t i = 0; i < COUNT(texts); i++)
		add(m, WAY(SIGN_KEY_TEXT, texts[i].cost, MISTAKE_SIGN_KEY_WRONG, 1, texts[i].text,
			   NULL, 0, arena_printf(m->arena, "&key= 处实际用的是%s", texts[i].note)));
	/* where the sheet's line ends, when it was copied */
	for (size_t at = 0; at < strlen(secret); at++)
		for (size_t i = 0; i < COUNT(blanks); i++)
			add(m, WAY(SIGN_KEY_TEXT, at % 16 ? COST_MAX : 3, MISTAKE_SIGN_KEY_WRONG, 1,
				   arena_printf(m->arena, "%.*s%s%s", (int)at, secret, blanks[i],
				       secret + at),
				   NULL, 0, "复制的数字密钥里夹了换行或空格"));
	if (m->wrong)
		add(m, WAY(SIGN_KEY_TEXT, 1, MISTAKE_ENVIRONMENT, 1, m->wrong->app_secret, NULL, 0,
			   NULL));
}

static void
add_changed(const struct maker *m, unsigned cost, const char *text, const char *note)
{
	add(m, WAY(SIGN_FIELD, cost, MISTAKE_FIELD_CHANGED, 1, text, "timestamp", 0, note));
}

/* Written otherwise, or by the clock some milliseconds before or behind. */
static void
add_times(const struct maker *m)
{
	const struct value *time = value_member(m->d->envelope, "timestamp");
	const char *made = time->text;
	size_t size = strlen(made);
	long long number = strtoll(made, NULL, 10);

	add_changed(m, 2, arena_printf(m->arena, "\"%s\"", made), "timestamp 加了引号");
	if (made[strspn(made, "0123456789")])
		return;
	if (size == 13 || size == 17)
		add_changed(m, 1, arena_printf(m->arena, "%.*s", (int)(size == 13 ? 10 : 14), made),
		    "签名用的是秒");
	if (size == 10 || size == 14)
		add_changed(m, 1, arena_printf(m->arena, "%s000", made), "签名用的是毫秒");
	for (int hours = -12; size == 13 && hours <= 12; hours++)
		if (hours)
			add_changed(m, COST_MAX,
			    arena_printf(m->arena, "%lld", number + hours * 3600000LL),
			    "签名用的时间差了整小时，时区不同");
	for (long long i = 1; size == 13 && i <= CLOCK_STEPS; i++) {
		add_changed(m, i <= CLOCK_NEAR ? 3 : COST_MAX,
		    arena_printf(m->arena, "%lld", number - i), NULL);
		add_changed(m, i <= CLOCK_NEAR ? 3 : COST_MAX,
		    arena_printf(m->arena, "%lld", number + i), NULL);
	}
}

/* A field that came, or got its value, after the signature was made. */
static void
add_fields(const struct maker *m)
{
	static const struct value_style right = { 0 };
	static const char never[] = " signData encData data extra ";
	static const char always[] = " appId version timestamp encType signType ";
	const char *app_id = value_text(m->d->envelope, "appId");
	size_t count = 0;

	for (const struct value *v = m->d->envelope->least; v && count < 64; v = v->higher) {
		const char *word = arena_printf(m->arena, " %s ", v->name);

		if (!strstr(never, word) && !value_dropped(v, &right)) {
			add(m, WAY(SIGN_FIELD, strstr(always, word) ? 2 : 1,
				   MISTAKE_FIELD_NOT_SIGNED, 1, NULL, v->name, 0,
				   arena_printf(m->arena, "没有参与签名的字段：%.64s", v->name)));
			count++;
		}
	}
	if (strcmp(app_id, m->keys->app_id) != 0)
		add(m, WAY(SIGN_FIELD, 1,
			   strcasecmp(app_id, m->keys->app_id) == 0 ? MISTAKE_APP_ID_WRITTEN
								    : MISTAKE_ENVIRONMENT,
			   1, m->keys->app_id, "appId", 0, NULL));
}

static unsigned
last_number(const struct value *v)
{
	unsigned last = v->number;

	for (const struct value *inner = v->first; inner; inner = inner->next) {
		unsigned number = last_number(inner);

		last = number > last ? number : last;
	}
	return last < 63 ? last : 63;
}

/* Any of the numbers, where they are few; else one or two of them. numbers: 0, their quotes. */
static void
add_numbers(const struct maker *m, enum value_numbers numbers, unsigned few)
{
	unsigned count = last_number(m->d->data_value);
	struct sign_way way = WAY(numbers ? DATA_NUMBERS : DATA_QUOTES, 3,
	    numbers ? MISTAKE_NUMBERS_REWRITTEN : MISTAKE_NUMBERS_QUOTED, numbers, NULL, NULL, 0,
	    NULL);

	for (unsigned i = 1; i <= count; i++)
		for (unsigned j = i; j <= count; j++) {
			way.bits = UINT64_C(1) << i | UINT64_C(1) << j;
			way.cost = i == j ? 2 : 3;
			if (i == j || count > few)
				add(m, way);
		}
	way.cost = 3;
	for (uint64_t set = 2; count <= few && set < UINT64_C(2) << count; set += 2) {
		way.bits = set;
		if (set & (set - 1)) /* one alone is there */
			add(m, way);
	}
}

static size_t
kept_members(const struct value *object)
{
	static const struct value_style right = { 0 };
	size_t count = 0;

	for (const struct value *v = object->first; v; v = v->next)
		count += !value_dropped(v, &right);
	return count;
}

static unsigned
factorial(size_t count)
{
	return count > 1 ? (unsigned)count * factorial(count - 1) : 1;
}

/* Every order there is, of few enough: the members of data, and the fields with data. */
static void
add_orders(const struct maker *m)
{
	static const struct value_style right = { 0 };
	const struct value *extra = value_member(m->d->envelope, "extra");
	size_t members = kept_members(m->d->data_value), fields = kept_members(m->d->envelope);

	/* data is there, encData and signData are not */
	fields -= extra && !value_dropped(extra, &right) ? 2 : 1;
	for (unsigned i = 0; members <= PERMUTED_MAX && i < factorial(members); i++)
		add(m, WAY(DATA_ORDER, COST_MAX, MISTAKE_NESTED_UNSORTED, ORDER_PERMUTED, NULL,
			   NULL, i, NULL));
	for (unsigned i = 0; fields <= PERMUTED_MAX && i < factorial(fields); i++)
		add(m, WAY(SIGN_ORDER, COST_MAX, MISTAKE_FIELDS_UNSORTED,
			   PLACE_ORDER + ORDER_PERMUTED, NULL, NULL, i, NULL));
}

/* Families that have no say beside that way. Empties have: those of the envelope's own fields. */
static uint32_t
idles_of(const struct sign_way *way)
{
	const uint32_t data = ((UINT32_C(1) << DATA_FAMILIES) - 1) & ~(UINT32_C(1) << DATA_EMPTIES);
	const uint32_t fields =
	    ((UINT32_C(1) << SIGN_KEY_PLACE) - 1) & ~data & ~(UINT32_C(1) << SIGN_WHOLE);

	if (way->family == DATA_RAW)
		return data & ~(UINT32_C(1) << DATA_RAW);
	if (way->family == DATA_FORM && way->value != FORM_QUOTED && way->value != FORM_ESCAPED &&
	    way->value != FORM_QUERY)
		return data & ~(UINT32_C(1) << DATA_FORM | UINT32_C(1) << DATA_INNER);
	if (way->family == SIGN_CONTENT && way->value != CONTENT_BOTH)
		return data;
	if (way->family == SIGN_WHOLE && way->value == WHOLE_CIPHER)
		return data | fields;
	if (way->family == SIGN_WHOLE && way->value == WHOLE_DATA)
		return fields & ~(UINT32_C(1) << DATA_EMPTIES);
	if (way->family == SIGN_KEY_PLACE && way->value == KEY_MISSING)
		return UINT32_C(1) << SIGN_KEY_NAME | UINT32_C(1) << SIGN_KEY_TEXT;
	return 0;
}

/* By cost, then by family, in the order they were added. */
static void
sort_ways(struct arena *arena, struct ways *ways)
{
	struct sign_way *sorted = ARENA_ARRAY(arena, struct sign_way, ways->count);
	size_t at = 0;

	for (size_t i = 0; i < ways->count; i++) {
		ways->list[i].idles = idles_of(&ways->list[i]);
		ways->start[ways->list[i].cost][ways->list[i].family]++;
	}
	for (unsigned cost = 0; cost <= COST_MAX; cost++)
		for (unsigned family = 0; family <= FAMILIES; family++) {
			size_t count = ways->start[cost][family];

			ways->start[cost][family] = at;
			at += count;
		}
	for (size_t i = 0; i < ways->count; i++)
		sorted[ways->start[ways->list[i].cost][ways->list[i].family]++] = ways->list[i];
	/* each start is where the next began: move them back */
	for (unsigned cost = COST_MAX + 1; cost-- > 0;)
		for (unsigned family = FAMILIES; family > 0; family--)
			ways->start[cost][family] = ways->start[cost][family - 1];
	for (unsigned cost = COST_MAX; cost > 0; cost--)
		ways->start[cost][0] = ways->start[cost - 1][FAMILIES];
	ways->start[0][0] = 0;
	ways->list = sorted;
}

void
ways_of(struct arena *arena, const struct selftest_keys *keys, const struct selftest_keys *wrong,
    const struct diagnosis *d, struct ways *ret)
{
	const struct maker m = { arena, keys, wrong, d, ret };
	const char *own[] = { keys->app_id, keys->app_secret,
		arena_printf(arena, "%.16s", keys->app_id) };

	*ret = (struct ways){ .list = ARENA_ARRAY(arena, struct sign_way, WAYS_MAX) };
	for (size_t i = 0; i < COUNT(rows); i++)
		add(&m, rows[i]);
	add_fields(&m);
	add_key_texts(&m);
	for (size_t i = 0; i < COUNT(own); i++)
		add(&m, WAY(MESSAGE_ID, 1, MISTAKE_USER_ID_OTHER, ID_OTHER, own[i], NULL, 0, NULL));
	for (size_t i = 0; i < COUNT(user_ids); i++)
		add(&m, WAY(MESSAGE_ID, i < IDS_COMMON ? 2 : 3, MISTAKE_USER_ID_OTHER, ID_OTHER,
			    user_ids[i], NULL, 0, NULL));
	add_numbers(&m, NUMBERS_AS_SENT, 10);
	for (enum value_numbers way = NUMBERS_DOUBLE; way <= NUMBERS_JAVA; way++)
		add_numbers(&m, way, 6);
	add_times(&m);
	add_orders(&m);
	sort_ways(arena, ret);
}
