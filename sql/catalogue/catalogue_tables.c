#include "sql/catalogue/catalogue.h"
#include "sql/db/like.h"

/*
 * The columns of each table, once: C as it is; B and E days, kept as the first
 * and the last second of them in Asia/Shanghai. Every statement and the shape
 * of a row follow.
 */
/* clang-format off */
#define BUREAU(C, B, E)		C(region_code) C(name) C(level) C(prefix)
#define REGION(C, B, E)		C(code) C(name) C(level) C(kind) C(parent) C(position) C(active)
#define INSTITUTION(C, B, E)	C(code) C(name) C(region_code) C(uscc) C(legal_name) \
				B(agreement_start) E(agreement_end) C(active)
#define CHANNEL(C, B, E)	C(code) C(name) C(channel) C(active)
#define DICTIONARY(C, B, E)	C(list) C(code) C(text) C(hint) C(position) C(active)
#define ANNOUNCEMENT(C, B, E)	C(title) C(body) B(starts) E(ends) C(active)

#define NAME(c)		", " #c
#define READ_DAY(c)	", DATE_FORMAT(DATE_ADD('1970-01-01 08:00:00', INTERVAL " #c " SECOND), '%Y-%m-%d') AS " #c
#define BEGIN		"TIMESTAMPDIFF(SECOND, '1970-01-01 08:00:00', CONCAT(?, ' 00:00:00'))"
#define END		"TIMESTAMPDIFF(SECOND, '1970-01-01 08:00:00', CONCAT(?, ' 23:59:59'))"
#define MARK(c)		", ?"
#define MARK_BEGIN(c)	", " BEGIN
#define MARK_END(c)	", " END
#define SET(c)		", " #c " = ?"
#define SET_BEGIN(c)	", " #c " = " BEGIN
#define SET_END(c)	", " #c " = " END
#define MEMBER(c)	COLUMN(ROW, c, #c, NULL),

#define SELECT(table, LIST)	"SELECT id, version" LIST(NAME, READ_DAY, READ_DAY) " FROM " table
#define COLUMNS(LIST)	((const struct sql_column[]){ COLUMN(ROW, key.id, "id", NULL), \
	COLUMN(ROW, key.version, "version", NULL), LIST(MEMBER, MEMBER, MEMBER) })
#define STORE(table, LIST, where, by) { \
	.list = SELECT(table, LIST) " WHERE id > ? ORDER BY id LIMIT ?", \
	.find = SELECT(table, LIST) " WHERE (" where ") AND id > ? ORDER BY id LIMIT ?", \
	.get = SELECT(table, LIST) " WHERE id = ?", \
	.insert = "INSERT INTO " table " (version" LIST(NAME, NAME, NAME) ") VALUES (1" \
		  LIST(MARK, MARK_BEGIN, MARK_END) ")", \
	.update = "UPDATE " table " SET version = version + 1" LIST(SET, SET_BEGIN, SET_END) \
		  " WHERE id = ? AND version = ?", \
	.find_by = (by), \
	.shape = { COLUMNS(LIST), sizeof(COLUMNS(LIST)) / sizeof(struct sql_column), sizeof(ROW) } }
/* clang-format on */

#define ROW struct bureau_row
const struct catalogue_store catalogue_bureau =
    STORE("bureau", BUREAU, "region_code LIKE ? OR name LIKE ?", "bc");
#undef ROW
#define ROW struct region_row
const struct catalogue_store catalogue_region =
    STORE("region", REGION, "code LIKE ? OR name LIKE ?", "bc");
#undef ROW
#define ROW struct institution_row
/*
 * A million rows: each way of looking by its own index. What is found stands in a table of its
 * own, or the server would look anew for each of the million.
 */
const struct catalogue_store catalogue_institution = STORE("institution", INSTITUTION,
    "id IN (SELECT id FROM (SELECT id FROM institution WHERE code LIKE ?"
    " UNION SELECT id FROM institution WHERE uscc LIKE ?"
    " UNION SELECT id FROM institution WHERE " SQL_BEGINS("name", "?") ") AS found)",
    "bbr");
#undef ROW
#define ROW struct channel_row
const struct catalogue_store catalogue_channel =
    STORE("official_channel", CHANNEL, "code LIKE ? OR name LIKE ?", "bc");
#undef ROW
#define ROW struct dictionary_row
const struct catalogue_store catalogue_dictionary =
    STORE("dictionary", DICTIONARY, "list LIKE ? OR text LIKE ?", "bc");
#undef ROW
#define ROW struct announcement_row
const struct catalogue_store catalogue_announcement =
    STORE("announcement", ANNOUNCEMENT, "title LIKE ?", "c");
#undef ROW
