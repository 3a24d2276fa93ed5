/* Word 97-2003: an OLE2 file whose root holds a Word document, and nothing that no stream owns. */
#include <ctype.h>
#include <sys/mman.h>

#include "fcgi/base/array.h"
#include "handlers/upload/check/archive.h"
#include "handlers/upload/check/check.h"
#include "handlers/upload/check/doc.h"
#include "handlers/upload/check/foreign.h"
#include "handlers/upload/check/zip.h"

#define SECTORS_MAX 65536u /* of 512 bytes: 32 MiB, more than any slot takes */
#define ENTRIES_MAX 4096u
#define LISTING_MAX (ENTRIES_MAX * 128 / 512)
#define DEPTH_MAX 64
#define END_OF_CHAIN 0xfffffffeu
#define NOBODY 0xffffffffu
#define SLOTS_IN_HEADER 109u
#define SMALL_MAX 4096u /* bytes of a stream that lies in the root's */

struct ole {
	struct bytes file;
	uint64_t sector; /* bytes */
	uint32_t sectors;
	unsigned char *owned; /* one byte per sector */
	const uint32_t *tables,
	    *listing; /* sectors of the allocation table, and of the directory */
	uint32_t tables_count, listing_count;
	/* sectors of the stream that holds the small ones, and of the table of those */
	const uint32_t *smalls, *small_table;
	uint32_t smalls_count, small_table_count;
	unsigned visits; /* of entries, in the tree */
	unsigned char
	    *embedded;       /* one byte per entry: it belongs to an object of another program */
	unsigned char *room; /* as large as the file, for one stream */
	bool word, excel, slides, locked, encrypted;
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

/* The sectors of a chain, no more than max, and than there are: one that turns back on itself ends. */
static uint32_t
list_chain(const struct ole *o, uint32_t start, uint32_t list[], uint32_t max)
{
	uint32_t count = 0;

	for (uint32_t at = start; at < o->sectors && count < max && count < o->sectors;
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
byte_of(const struct ole *o, const uint32_t list[], uint32_t count, uint64_t at)
{
	uint64_t i = at / o->sector;

	return i < count ? place(o, list[i]) + at % o->sector : UINT64_MAX;
}

static uint64_t
small_byte(const struct ole *o, uint32_t small)
{
	return byte_of(o, o->smalls, o->smalls_count, (uint64_t)small * 64);
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

/* Word 97 and later, Word 6 and 95, and those for Chinese, Japanese and Korean. */
static bool
is_word_mark(unsigned mark)
{
	return mark == 0xa5ec || mark == 0xa5dc || (mark >= 0xa697 && mark <= 0xa699);
}

/* The beginning of the Word stream says what it is. */
static void
word_stream(struct ole *o, struct bytes e)
{
	uint32_t start = le32(e, 116);
	uint64_t at = le32(e, 120) < SMALL_MAX ? small_byte(o, start)
		      : start < o->sectors     ? place(o, start)
					       : UINT64_MAX;
	struct bytes head = part(o->file, at, 32);

	o->word = le32(e, 120) >= 32 && is_word_mark(le16(head, 0));
	o->encrypted = (le16(head, 10) & 0x100) != 0;
}

/* The streams of the root, and what lies below: a tree of siblings. */
static bool
siblings(struct ole *o, uint32_t i, unsigned depth, bool root, bool embedded)
{
	struct bytes e = entry(o, i);

	if (i == NOBODY)
		return true;
	if (depth > DEPTH_MAX || ++o->visits > ENTRIES_MAX || i >= ENTRIES_MAX || e.size < 128)
		return false;
	/* Acrobat's and the Packager's streams are what they are wherever they stand */
	o->embedded[i] = embedded || is_named(e, "CONTENTS") || is_named(e, "Package") ||
			 is_named(e, "\1Ole10Native");
	if (root && is_named(e, "WordDocument") && u8(e, 66) == 2)
		word_stream(o, e);
	if (root) {
		o->excel = o->excel || is_named(e, "Workbook") || is_named(e, "Book");
		o->slides = o->slides || is_named(e, "PowerPoint Document");
		o->locked = o->locked || is_named(e, "EncryptedPackage");
	}
	bool objects = embedded || (root && is_named(e, "ObjectPool"));
	if (u8(e, 66) == 1 && !siblings(o, le32(e, 76), depth + 1, false, objects))
		return false;
	return siblings(o, le32(e, 68), depth + 1, root, embedded) &&
	       siblings(o, le32(e, 72), depth + 1, root, embedded);
}

/* ---- what streams hold ------------------------------------------------------------- */

/*
 * Word keeps the theme of a document, and shapes as newer versions know them, each as a ZIP of its own;
 * no other may be there.
 */
static bool
is_of_word(struct bytes file, size_t end)
{
	static const char *const parts[] = { "theme/", "drs/", "_rels/", "[Content_Types].xml" };
	uint64_t size = le32(file, end + 12);
	struct bytes directory = part(file, end - size, size);

	while (HOLDS(directory, 0, "PK\x01\x02")) {
		struct bytes name = part(directory, 46, le16(directory, 28));
		bool known = false;

		for (size_t i = 0; i < COUNT(parts); i++)
			known = known || holds(name, 0, parts[i], strlen(parts[i]));
		if (!known)
			return false;
		directory =
		    after(directory, 46 + name.size + le16(directory, 30) + le16(directory, 32));
	}
	return true; /* or in pieces: then no reader finds it */
}

static bool
holds_archive(struct bytes stream)
{
	for (size_t at = 0; (at = FIND(stream, at, "PK\x05\x06")) < stream.size; at++)
		if (le32(stream, at + 12) <= at && !is_of_word(stream, at))
			return true;
	return false;
}

/* One that ends where the file ends is found before all others. */
static bool
ends_as_archive(struct bytes file)
{
	for (size_t at = 0; (at = FIND(file, at, "PK\x05\x06")) < file.size; at++)
		if (at + 22 + le16(file, at + 20) == file.size)
			return true;
	return false;
}

static uint32_t
next_small(const struct ole *o, uint32_t small)
{
	uint64_t at = byte_of(o, o->small_table, o->small_table_count, 4 * (uint64_t)small);

	return at < o->file.size ? le32(o->file, at) : NOBODY;
}

/* A stream in one piece, in o->room; shorter when it is broken. */
static struct bytes
read_stream(const struct ole *o, struct bytes e)
{
	uint32_t at = le32(e, 116);
	uint64_t size = le32(e, 120);
	bool small = u8(e, 66) == 2 && size < SMALL_MAX;
	struct bytes stream = { o->room, 0 };

	while (stream.size < size && stream.size < o->file.size) {
		uint64_t from = small             ? small_byte(o, at)
				: at < o->sectors ? place(o, at)
						  : UINT64_MAX;
		uint64_t most = small ? 64 : o->sector, left = size - stream.size;
		struct bytes piece = part(o->file, from, left < most ? left : most);

		if (piece.size == 0 || stream.size + piece.size > o->file.size)
			break;
		memcpy(o->room + stream.size, piece.at, piece.size);
		stream.size += piece.size;
		at = small ? next_small(o, at) : next(o, at);
	}
	return stream;
}

/* What the Packager keeps: a length, a label, where it came from, then the file itself. */
static enum reason
judge_packed(struct bytes stream)
{
	struct bytes label = after(stream, 6);
	struct bytes name = part(label, 0, FIND(label, 0, "\0"));
	struct bytes path = after(label, name.size + 1);

	path.size = FIND(path, 0, "\0");
	for (size_t at = path.size; at > 0; at--)
		if (path.at[at - 1] == '\\' || path.at[at - 1] == '/' || path.at[at - 1] == ':') {
			path = after(path, at);
			break;
		}
	if (archive_judge_name(name) == REASON_ENTRY_PROGRAM ||
	    archive_judge_name(path) == REASON_ENTRY_PROGRAM)
		return REASON_DOC_OBJECT;
	return foreign_inside(stream, ~(unsigned)FOREIGN_PROGRAM) ? REASON_DOC_OBJECT : REASON_NONE;
}

/* A stream of an object: a sheet, a picture, a PDF is fine. */
static enum reason
judge_object(struct bytes e, struct bytes stream)
{
	/* an address, as Windows notes it */
	static const char url[] =
	    "\xe0\xc9\xea\x79\xf9\xba\xce\x11\x8c\x82\x00\xaa\x00\x4b\xa9\x0b";

	if (is_named(e, "\1Ole10Native"))
		return judge_packed(stream);
	if (is_named(e, "\1Ole") && FIND(stream, 0, url) < stream.size)
		return REASON_DOC_REMOTE;
	if (archive_judge_content(stream) != REASON_NONE)
		return REASON_DOC_OBJECT;
	if (HOLDS(stream, 0, "PK\x03\x04")) {
		struct totals totals = { .zip = zip_inside };
		enum reason reason = zip_inside(stream, &totals);

		return reason == REASON_ENTRY_PROGRAM ? REASON_DOC_OBJECT : reason;
	}
	return foreign_inside(stream, ~(unsigned)(FOREIGN_PROGRAM | FOREIGN_RAR))
		   ? REASON_DOC_OBJECT
		   : REASON_NONE;
}

static enum reason
judge_stream(struct bytes stream)
{
	const unsigned may = FOREIGN_JPG | FOREIGN_PNG | FOREIGN_GIF | FOREIGN_ZIP |
			     FOREIGN_ZIP_END | FOREIGN_POSTSCRIPT | FOREIGN_OLE | FOREIGN_OTHER;

	return foreign_inside(stream, may) || holds_archive(stream) ? REASON_FOREIGN : REASON_NONE;
}

static enum reason
judge_streams(const struct ole *o, bool all_embedded)
{
	for (uint32_t i = 0; i < ENTRIES_MAX; i++) {
		struct bytes e = entry(o, i);
		enum reason reason = REASON_NONE;

		if (e.size < 128)
			break;
		if (u8(e, 66) != 2)
			continue;
		struct bytes stream = read_stream(o, e);
		if (all_embedded || o->embedded[i])
			reason = judge_object(e, stream);
		else
			reason = judge_stream(stream);
		if (reason != REASON_NONE)
			return reason;
	}
	return REASON_NONE;
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

static enum reason
open_ole(struct ole *o)
{
	static uint32_t tables[SECTORS_MAX], listing[LISTING_MAX], smalls[SECTORS_MAX],
	    small_table[SECTORS_MAX];
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
	o->listing_count = list_chain(o, le32(o->file, 48), listing, LISTING_MAX);
	o->smalls = smalls;
	o->smalls_count = list_chain(o, le32(entry(o, 0), 116), smalls, SECTORS_MAX);
	o->small_table = small_table;
	o->small_table_count = list_chain(o, le32(o->file, 60), small_table, SECTORS_MAX);
	return shift == 12 && !is_blank(part(o->file, 512, o->sector - 512)) ? REASON_FOREIGN
									     : REASON_NONE;
}

/* ---- all of it ------------------------------------------------------------------------ */

static unsigned char owned[SECTORS_MAX + 1], embedded[ENTRIES_MAX];

/* Structure, and every byte of it. */
static enum reason
read_ole(struct ole *o)
{
	memset(owned, 0, sizeof(owned));
	memset(embedded, 0, sizeof(embedded));
	o->owned = owned;
	o->embedded = embedded;
	enum reason reason = open_ole(o);
	if (reason == REASON_NONE)
		reason = own_tables(o);
	if (reason == REASON_NONE)
		reason = own_streams(o);
	if (reason == REASON_NONE)
		reason = look_at_gaps(o);
	if (reason == REASON_NONE && !siblings(o, le32(entry(o, 0), 76), 0, true, false))
		reason = REASON_BROKEN;
	return reason;
}

static enum reason
judge_with_room(struct ole *o, bool all_embedded)
{
	void *room =
	    mmap(NULL, o->file.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (room == MAP_FAILED)
		return REASON_UNCHECKED;
	o->room = room;
	enum reason reason = judge_streams(o, all_embedded);
	munmap(room, o->file.size);
	return reason;
}

bool
ole_begins(struct bytes content)
{
	return HOLDS(content, 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
}

enum reason
ole_judge_object(struct bytes content)
{
	struct ole o = { .file = content };
	enum reason reason = read_ole(&o);

	if (reason == REASON_MACRO)
		return reason;
	if (foreign_inside(content, ~(unsigned)FOREIGN_PROGRAM))
		return REASON_DOC_OBJECT;
	return reason == REASON_NONE ? judge_with_room(&o, true) : REASON_NONE;
}

enum reason
inspect_doc(struct bytes file, struct copy *copy)
{
	struct ole o = { .file = file };

	(void)copy;
	if (!ole_begins(file))
		return REASON_KIND;
	if (begins_as_pdf(file) || ends_as_archive(file))
		return REASON_FOREIGN;
	enum reason reason = read_ole(&o);
	if (reason != REASON_NONE)
		return reason;
	if (o.encrypted || o.locked)
		return REASON_DOC_PASSWORD;
	if (!o.word)
		return o.excel ? REASON_IS_EXCEL : o.slides ? REASON_IS_SLIDES : REASON_KIND;
	return o.excel || o.slides ? REASON_FOREIGN : judge_with_room(&o, false);
}
