/* Word 97-2003: an OLE2 file whose root holds a Word document, and nothing that no stream owns. */
#include <ctype.h>

#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"

#define SECTORS_MAX 65536u /* of 512 bytes: 32 MiB, more than any slot takes */
#define ENTRIES_MAX 4096u
#define LISTING_MAX (ENTRIES_MAX * 128 / 512)
#define DEPTH_MAX 64
#define END_OF_CHAIN 0xfffffffeu
#define NOBODY 0xffffffffu
#define SLOTS_IN_HEADER 109u

struct ole {
	struct bytes file;
	uint64_t sector; /* bytes */
	uint32_t sectors;
	uint32_t root;
	unsigned char *owned; /* one byte per sector */
	const uint32_t *tables,
	    *listing; /* sectors of the allocation table, and of the directory */
	uint32_t tables_count, listing_count;
	unsigned visits; /* of entries, in the tree */
	bool word, other, encrypted;
};

static uint64_t
place(const struct ole *o, uint32_t sector)
{
	return ((uint64_t)sector + 1) * o->sector;
}

/* The sectors that hold the allocation table: a list in the header, which goes on in sectors. */
static uint32_t
list_tables(const struct ole *o, uint32_t list[SECTORS_MAX])
{
	uint32_t each = (uint32_t)(o->sector / 4 - 1), more = le32(o->file, 68);
	uint32_t most = le32(o->file, 44), count = 0;

	for (; count < SLOTS_IN_HEADER && count < most; count++)
		list[count] = le32(o->file, 76 + 4 * (uint64_t)count);
	for (uint32_t i = 0; count < most && count < SECTORS_MAX && more < o->sectors; i++) {
		if (i == each) {
			more = le32(o->file, place(o, more) + 4 * (uint64_t)each);
			i = 0;
			if (more >= o->sectors)
				break;
		}
		list[count++] = le32(o->file, place(o, more) + 4 * (uint64_t)i);
	}
	return count;
}

static uint32_t
next(const struct ole *o, uint32_t sector)
{
	uint32_t each = (uint32_t)(o->sector / 4), i = sector / each;
	uint32_t table = i < o->tables_count ? o->tables[i] : NOBODY;

	return table < o->sectors ? le32(o->file, place(o, table) + 4 * (uint64_t)(sector % each))
				  : NOBODY;
}

/* The sectors of the directory, no more than are looked at. */
static uint32_t
list_directory(const struct ole *o, uint32_t list[LISTING_MAX])
{
	uint32_t count = 0;

	for (uint32_t at = le32(o->file, 48); at < o->sectors && count < LISTING_MAX;
	     at = next(o, at))
		list[count++] = at;
	return count;
}

/* A chain belongs to somebody: as many sectors as hold size bytes. false: broken, or crossed. */
static bool
own(struct ole *o, uint32_t start, uint64_t size)
{
	for (uint64_t held = 0; held < size && start != END_OF_CHAIN; held += o->sector) {
		if (start >= o->sectors || o->owned[start])
			return false;
		o->owned[start] = 1;
		start = next(o, start);
	}
	return true;
}

/* Where byte `at` of a chain lies in the file. */
static uint64_t
byte_of(const struct ole *o, uint32_t start, uint64_t at)
{
	if (at >= o->file.size) /* a chain that turns back on itself has no end */
		return UINT64_MAX;
	for (; at >= o->sector && start < o->sectors; at -= o->sector)
		start = next(o, start);
	return start < o->sectors ? place(o, start) + at : UINT64_MAX;
}

static struct bytes
entry(const struct ole *o, uint32_t i)
{
	uint64_t at = (uint64_t)i * 128, sector = at / o->sector;

	if (sector >= o->listing_count)
		return part(o->file, o->file.size, 0);
	return part(o->file, place(o, o->listing[sector]) + at % o->sector, 128);
}

static bool
is_named(struct bytes e, const char *name)
{
	size_t len = strlen(name);

	if (le16(e, 64) != 2 * (len + 1))
		return false;
	for (size_t i = 0; i < len; i++)
		if (tolower((int)(le16(e, 2 * i) & 0xff)) != tolower((unsigned char)name[i]) ||
		    le16(e, 2 * i) > 0x7f)
			return false;
	return true;
}

static bool
is_macro(struct bytes e)
{
	return is_named(e, "Macros") || is_named(e, "VBA") || is_named(e, "_VBA_PROJECT") ||
	       is_named(e, "_VBA_PROJECT_CUR");
}

/* The beginning of the Word stream says what it is. */
static void
word_stream(struct ole *o, struct bytes e)
{
	uint64_t at = le32(e, 120) >= 4096 ? byte_of(o, le32(e, 116), 0)
					   : byte_of(o, o->root, (uint64_t)le32(e, 116) * 64);
	struct bytes head = part(o->file, at, 32);

	o->word = le32(e, 120) >= 32 && (le16(head, 0) == 0xa5ec || le16(head, 0) == 0xa5dc);
	o->encrypted = (le16(head, 10) & 0x100) != 0;
}

/* The streams of the root: a tree of siblings. */
static bool
siblings(struct ole *o, uint32_t i, unsigned depth)
{
	struct bytes e = entry(o, i);

	if (i == NOBODY)
		return true;
	if (depth > DEPTH_MAX || ++o->visits > ENTRIES_MAX || i >= ENTRIES_MAX || e.size < 128)
		return false;
	if (is_named(e, "WordDocument") && u8(e, 66) == 2)
		word_stream(o, e);
	o->other = o->other || is_named(e, "Workbook") || is_named(e, "Book") ||
		   is_named(e, "PowerPoint Document");
	return siblings(o, le32(e, 68), depth + 1) && siblings(o, le32(e, 72), depth + 1);
}

static enum reason
own_streams(struct ole *o)
{
	for (uint32_t i = 0; i < ENTRIES_MAX; i++) {
		struct bytes e = entry(o, i);
		unsigned type = u8(e, 66);
		uint64_t size = le32(e, 120);

		if (e.size < 128)
			return REASON_NONE;
		if (type != 0 && is_macro(e))
			return REASON_MACRO;
		if ((type == 5 || (type == 2 && size >= 4096)) && size > 0 &&
		    !own(o, le32(e, 116), size))
			return REASON_BROKEN;
	}
	return REASON_BROKEN;
}

static enum reason
own_tables(struct ole *o)
{
	uint64_t most = (uint64_t)o->sectors * o->sector;
	uint32_t more = le32(o->file, 68), tables = le32(o->file, 44);

	if (tables != o->tables_count)
		return REASON_BROKEN;
	for (uint32_t i = 0; i < tables; i++) {
		uint32_t table = o->tables[i];
		if (table >= o->sectors || o->owned[table])
			return REASON_BROKEN;
		o->owned[table] = 1;
	}
	while (more < o->sectors && !o->owned[more]) {
		o->owned[more] = 1;
		more = le32(o->file, place(o, more) + o->sector - 4);
	}
	if (!own(o, le32(o->file, 48), most))
		return REASON_BROKEN;
	return le32(o->file, 64) == 0 || own(o, le32(o->file, 60), most) ? REASON_NONE
									 : REASON_BROKEN;
}

/*
 * What no stream owns, from one sector to another: old text may be left there, also the head of an
 * earlier saving somewhere in it, but no other file.
 */
static bool
gap_is_foreign(const struct ole *o, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		if (HOLDS(o->file, place(o, i), "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
			return true;
	return foreign_in_note_but(part(o->file, place(o, from), (to - from) * o->sector),
	    FOREIGN_OLE);
}

static enum reason
look_at_gaps(const struct ole *o)
{
	for (uint32_t i = 0, end; i < o->sectors; i = end) {
		for (end = i + 1; end < o->sectors && o->owned[end] == o->owned[i];)
			end++;
		if (!o->owned[i] && gap_is_foreign(o, i, end))
			return REASON_FOREIGN;
	}
	/* but not when it is nobody's: then it was put behind */
	bool piece = o->file.size % o->sector != 0 && !o->owned[o->sectors - 1];
	return piece && !is_blank(part(o->file, place(o, o->sectors - 1), o->sector)) ? REASON_TAIL
										      : REASON_NONE;
}

/* Word keeps the theme of a document as a ZIP of its own; no other may be there. */
static bool
is_theme(struct bytes file, size_t end)
{
	uint64_t size = le32(file, end + 12);
	struct bytes directory = part(file, end - size, size);

	while (HOLDS(directory, 0, "PK\x01\x02")) {
		struct bytes name = part(directory, 46, le16(directory, 28));

		if (!HOLDS(name, 0, "theme/") && !HOLDS(name, 0, "_rels/") &&
		    !HOLDS(name, 0, "[Content_Types].xml"))
			return false;
		directory =
		    after(directory, 46 + name.size + le16(directory, 30) + le16(directory, 32));
	}
	return true; /* or in pieces: then no reader finds it */
}

static bool
holds_archive(struct bytes file)
{
	for (size_t at = 0; (at = FIND(file, at, "PK\x05\x06")) < file.size; at++)
		if (at + 22 + le16(file, at + 20) == file.size ||
		    (le32(file, at + 12) <= at && !is_theme(file, at)))
			return true;
	return false;
}

static enum reason
open_ole(struct ole *o)
{
	static uint32_t tables[SECTORS_MAX], listing[LISTING_MAX];
	unsigned shift = le16(o->file, 30);

	if (le16(o->file, 28) != 0xfffe || (shift != 9 && shift != 12))
		return REASON_BROKEN;
	o->sector = (uint64_t)1 << shift;
	if (o->file.size < 3 * o->sector || (o->file.size >> shift) > SECTORS_MAX)
		return REASON_BROKEN;
	/* the last one may be cut short: some programs do not fill it */
	o->sectors = (uint32_t)((o->file.size + o->sector - 1) / o->sector - 1);
	o->tables = tables;
	o->tables_count = list_tables(o, tables);
	o->listing = listing;
	o->listing_count = list_directory(o, listing);
	o->root = le32(entry(o, 0), 116);
	return shift == 12 && !is_blank(part(o->file, 512, o->sector - 512)) ? REASON_FOREIGN
									     : REASON_NONE;
}

enum reason
inspect_doc(struct bytes file)
{
	static unsigned char owned[SECTORS_MAX + 1];
	struct ole o = { .file = file, .owned = owned };
	const unsigned may = FOREIGN_JPG | FOREIGN_PNG | FOREIGN_GIF | FOREIGN_ZIP |
			     FOREIGN_ZIP_END | FOREIGN_POSTSCRIPT | FOREIGN_OLE | FOREIGN_OTHER;

	if (!HOLDS(file, 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
		return REASON_KIND;
	if (foreign_inside(after(file, 8), may) || holds_archive(file))
		return REASON_FOREIGN;
	memset(owned, 0, sizeof(owned));
	enum reason reason = open_ole(&o);
	if (reason == REASON_NONE)
		reason = own_tables(&o);
	if (reason == REASON_NONE)
		reason = own_streams(&o);
	if (reason == REASON_NONE)
		reason = look_at_gaps(&o);
	if (reason != REASON_NONE)
		return reason;
	if (!siblings(&o, le32(entry(&o, 0), 76), 0))
		return REASON_BROKEN;
	if (o.encrypted)
		return REASON_ENCRYPTED;
	if (!o.word)
		return REASON_KIND;
	return o.other ? REASON_FOREIGN : REASON_NONE;
}
