/*
 * An archive from its first byte to its last: entries stand one after the other
 * in the order of the directory, each is unpacked in memory and as large as it
 * says, the directory follows, then the end. Archives inside are walked too.
 */
#include <ctype.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "handlers/upload/check/archive.h"
#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"
#include "handlers/upload/check/inflate64.h"
#include "handlers/upload/check/zip.h"

#define MIB ((uint64_t)1024 * 1024)
#define WHOLE_MAX (64 * MIB) /* of one entry that is looked at as a whole */
#define NOTE_MAX 65535u
#define BLANK_MAX 2u /* bytes behind the end: a line's end, from programs that take it for text */
#define FLAGS_ENCRYPTED 0x2041u
#define EXTRA_WIDE 0x0001u
#define FLAG_DESCRIPTOR 0x0008u
#define SEEN_MAX ((size_t)256 * 1024)

enum method {
	STORED = 0,
	DEFLATED = 8,
	DEFLATED64 = 9,
	BZIPPED = 12,
	LZMA = 14,
	ZSTD = 93,
	XZ = 95,
	PPMD = 98
};

/* ---- an entry --------------------------------------------------------------- */

/* One entry of a directory, and its place in the file. */
struct zip_entry {
	unsigned flags, method, made_by;
	uint32_t crc, attributes;
	uint64_t packed, size, offset; /* bytes */
	struct bytes name, extra, note;
	size_t record; /* bytes of it in the directory */
};

/* Sizes and offsets that did not fit: in the order of the record, those that are all ones. */
static void
widen(struct zip_entry *e, struct bytes directory)
{
	for (size_t at = 0; has(e->extra, at, 4); at += 4 + le16(e->extra, at + 2)) {
		struct bytes wide = part(e->extra, at + 4, le16(e->extra, at + 2));
		size_t from = 0;

		if (le16(e->extra, at) != EXTRA_WIDE)
			continue;
		if (le32(directory, 24) == UINT32_MAX) {
			e->size = le64(wide, from);
			from += 8;
		}
		if (le32(directory, 20) == UINT32_MAX) {
			e->packed = le64(wide, from);
			from += 8;
		}
		if (le32(directory, 42) == UINT32_MAX)
			e->offset = le64(wide, from);
	}
}

/* The record at the beginning of `directory`. REASON_BROKEN when there is none. */
static enum reason
zip_entry_read(struct bytes directory, struct zip_entry *ret)
{
	size_t name = le16(directory, 28), extra = le16(directory, 30), note = le16(directory, 32);

	if (!HOLDS(directory, 0, "PK\x01\x02") || !has(directory, 46, name + extra + note))
		return REASON_BROKEN;
	*ret = (struct zip_entry){
		.made_by = le16(directory, 4),
		.flags = le16(directory, 8),
		.method = le16(directory, 10),
		.crc = le32(directory, 16),
		.packed = le32(directory, 20),
		.size = le32(directory, 24),
		.attributes = le32(directory, 38),
		.offset = le32(directory, 42),
		.name = part(directory, 46, name),
		.extra = part(directory, 46 + name, extra),
		.note = part(directory, 46 + name + extra, note),
		.record = 46 + name + extra + note,
	};
	widen(ret, directory);
	return REASON_NONE;
}

/* A link or a device, as Unix and macOS note it. */
static bool
is_link(const struct zip_entry *e)
{
	unsigned host = e->made_by >> 8, type = (e->attributes >> 16) & S_IFMT;

	return (host == 3 || host == 19) && (type == S_IFLNK || type == S_IFCHR || type == S_IFBLK);
}

static bool
extra_is_foreign(struct bytes extra)
{
	size_t at = 0;

	while (has(extra, at, 4)) {
		size_t size = le16(extra, at + 2);

		if (foreign_in_note(part(extra, at + 4, size)))
			return true;
		at += 4 + size;
	}
	return foreign_inside(extra, 0);
}

/* Its name, its kind and its extra fields: what can be judged without its content. */
static enum reason
zip_entry_judge(const struct zip_entry *e)
{
	if (e->flags & FLAGS_ENCRYPTED)
		return REASON_ARCHIVE_PASSWORD;
	if (is_link(e))
		return REASON_ENTRY_LINK;
	if (extra_is_foreign(e->extra) || foreign_in_note(e->note) || foreign_inside(e->name, 0))
		return REASON_FOREIGN;
	return archive_judge_name(e->name);
}

/* What may stand behind the content when its size was not known before. */
static enum reason
descriptor(struct bytes gap, const struct zip_entry *e)
{
	size_t at = HOLDS(gap, 0, "PK\x07\x08") && gap.size != 12 && gap.size != 20 ? 4 : 0;
	size_t wide = gap.size - at == 20 ? 8 : 4;

	if (gap.size == 0 && e->size == 0)
		return REASON_NONE;
	if (gap.size - at != 12 && gap.size - at != 20)
		return foreign_inside(gap, 0) || gap.size > 24 ? REASON_FOREIGN : REASON_BROKEN;
	uint64_t packed = wide == 8 ? le64(gap, at + 4) : le32(gap, at + 4);
	uint64_t size = wide == 8 ? le64(gap, at + 4 + wide) : le32(gap, at + 4 + wide);
	return le32(gap, at) == e->crc && packed == e->packed && size == e->size ? REASON_NONE
										 : REASON_BROKEN;
}

/*
 * Its local header, at e->offset, has to say the same. *ret_data: its packed
 * content. `next`: where the next one has to begin.
 */
static enum reason
zip_entry_local(struct bytes file, const struct zip_entry *e, uint64_t next, struct bytes *ret_data)
{
	struct bytes local = after(file, e->offset);
	size_t name = le16(local, 26), extra = le16(local, 28), start = 30 + name + extra;
	bool late = (le16(local, 6) & FLAG_DESCRIPTOR) != 0;

	if (!HOLDS(local, 0, "PK\x03\x04") || !has(local, start, e->packed))
		return REASON_BROKEN;
	if (name != e->name.size || memcmp(local.at + 30, e->name.at, name) != 0 ||
	    le16(local, 8) != e->method || late != ((e->flags & FLAG_DESCRIPTOR) != 0))
		return REASON_BROKEN;
	if (!late && ((le32(local, 18) != UINT32_MAX && le32(local, 18) != e->packed) ||
			 (le32(local, 22) != UINT32_MAX && le32(local, 22) != e->size)))
		return REASON_BROKEN;
	if (le16(local, 6) & FLAGS_ENCRYPTED)
		return REASON_ARCHIVE_PASSWORD;
	if (extra_is_foreign(part(local, 30 + name, extra)))
		return REASON_FOREIGN;
	uint64_t end = e->offset + start + e->packed;
	*ret_data = part(local, start, e->packed);
	if (end > next)
		return REASON_BROKEN; /* one entry inside another */
	if (late)
		return descriptor(part(file, end, next - end), e);
	return end == next ? REASON_NONE : REASON_FOREIGN;
}

struct zip {
	struct bytes file, directory;
	uint64_t entries;
	struct totals *totals;
	zip_seen *seen;
	void *context;
	bool others; /* entries that are packed in ways only libarchive knows */
};

/* Does it end so? ASCII letters in any case. */
bool
zip_name_ends(struct bytes name, const char *text)
{
	size_t len = strlen(text);

	if (len > name.size)
		return false;
	for (size_t i = 0; i < len; i++)
		if (tolower((int)u8(name, name.size - len + i)) != tolower((unsigned char)text[i]))
			return false;
	return true;
}

bool
zip_name_is(struct bytes name, const char *text)
{
	return name.size == strlen(text) && zip_name_ends(name, text);
}

/* ---- the end, and the directory before it ---------------------------------- */

static bool
is_end(struct bytes file, size_t at)
{
	struct bytes behind = after(file, at + 22 + le16(file, at + 20));

	if (!HOLDS(file, at, "PK\x05\x06") || !has(file, at + 22, le16(file, at + 20)))
		return false;
	return behind.size == 0 || (behind.size == 1 && HOLDS(behind, 0, "\n")) ||
	       (behind.size == BLANK_MAX && HOLDS(behind, 0, "\r\n"));
}

static size_t
find_end(struct bytes file)
{
	size_t most = 22 + NOTE_MAX + BLANK_MAX;
	size_t lowest = file.size > most ? file.size - most : 0;

	for (size_t at = file.size >= 22 ? file.size - 22 : 0; at >= lowest && at > 0; at--)
		if (is_end(file, at))
			return at;
	return 0;
}

static enum reason
read_end(struct zip *a)
{
	size_t end = find_end(a->file), directory_end = end;
	uint64_t size, offset;

	if (end == 0)
		return FIND(a->file, 0, "PK\x05\x06") < a->file.size ? REASON_TAIL : REASON_BROKEN;
	if (foreign_in_note(after(a->file, end + 22)))
		return REASON_FOREIGN;
	a->entries = le16(a->file, end + 10);
	size = le32(a->file, end + 12);
	offset = le32(a->file, end + 16);
	if (end >= 76 && HOLDS(a->file, end - 20, "PK\x06\x07")) {
		uint64_t wide = le64(a->file, end - 20 + 8);

		if (!HOLDS(a->file, wide, "PK\x06\x06") ||
		    le64(a->file, wide + 4) + 12 != end - 20 - wide)
			return REASON_BROKEN;
		a->entries = le64(a->file, wide + 32);
		size = le64(a->file, wide + 40);
		offset = le64(a->file, wide + 48);
		directory_end = (size_t)wide;
		if (end - 20 - wide > 56 &&
		    foreign_in_note(part(a->file, wide + 56, end - 76 - wide)))
			return REASON_FOREIGN;
	}
	if (offset > directory_end || size != directory_end - offset)
		return offset <= directory_end && size <= directory_end - offset ? REASON_FOREIGN
										 : REASON_BROKEN;
	a->directory = part(a->file, offset, size);
	return REASON_NONE;
}

/* ---- what is in it ----------------------------------------------------------- */

static struct inflated
unpack(struct bytes data, const struct zip_entry *e, unsigned char *keep, size_t keep_max)
{
	struct inflated i = { .keep = keep, .keep_max = keep_max };

	if (e->method == DEFLATED64) {
		inflate64(&i, data, e->size);
		return i;
	}
	inflate_begin(true);
	inflate_more(&i, data, e->size);
	inflate_end();
	return i;
}

/* Is it looked at as a whole, not only where it begins? */
static bool
is_read_whole(const struct zip *a, const struct zip_entry *e, struct bytes first)
{
	bool text = zip_name_ends(e->name, ".xml") || zip_name_ends(e->name, ".rels") ||
		    zip_name_ends(e->name, ".bin");

	return archive_begins(first) || (a->seen && text && e->size > SEEN_MAX);
}

/* Its content, or where it begins; an archive is walked. */
static enum reason
judge_content(const struct zip *a, const struct zip_entry *e, struct bytes content)
{
	enum reason reason = archive_judge_content(content);

	if (reason == REASON_NONE && a->seen)
		reason = a->seen(a->context, e->name, content);
	if (reason == REASON_NONE && archive_begins(content))
		reason = archive_inside(content, a->totals);
	return reason;
}

/*
 * Stored as it is, so that other readers may find it there, too: that is fine for an archive that is
 * named as one and walked.
 */
static enum reason
judge_stored(const struct zip *a, const struct zip_entry *e, struct bytes data)
{
	if (e->packed != e->size || crc32(0, data.at, (unsigned)data.size) != e->crc)
		return REASON_BROKEN;
	bool archive = archive_begins(data) && archive_is_named(e->name);
	if (!archive && foreign_inside(data, ~(unsigned)FOREIGN_RAR))
		return REASON_FOREIGN;
	return judge_content(a, e, data);
}

static enum reason
judge_deflated(const struct zip *a, const struct zip_entry *e, struct bytes data)
{
	static unsigned char first[SEEN_MAX];
	struct inflated i = unpack(data, e, first, sizeof(first));
	struct bytes content = { first, i.size < sizeof(first) ? (size_t)i.size : sizeof(first) };

	if (i.whole && i.used < data.size)
		return REASON_FOREIGN; /* behind the content, where nobody looks */
	if (!i.whole || i.size != e->size || i.crc != e->crc)
		return REASON_BROKEN;
	if (!is_read_whole(a, e, content))
		return judge_content(a, e, content);
	if (e->size > WHOLE_MAX)
		return archive_begins(content) ? REASON_NESTED : REASON_UNCHECKED;
	void *room =
	    mmap(NULL, e->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (room == MAP_FAILED)
		return REASON_UNCHECKED;
	unpack(data, e, room, (size_t)e->size);
	enum reason reason = judge_content(a, e, (struct bytes){ room, (size_t)e->size });
	munmap(room, e->size);
	return reason;
}

static enum reason
look_into(struct zip *a, const struct zip_entry *e, struct bytes data)
{
	switch (e->method) {
	case STORED:
		return judge_stored(a, e, data);
	case DEFLATED:
	case DEFLATED64:
		return judge_deflated(a, e, data);
	case BZIPPED:
	case LZMA:
	case ZSTD:
	case XZ:
	case PPMD:
		a->others = true;
		return foreign_inside(data, ~(unsigned)FOREIGN_RAR) ? REASON_FOREIGN : REASON_NONE;
	default:
		return REASON_METHOD;
	}
}

/* ---- all of it --------------------------------------------------------------- */

/* Before anything is unpacked: how much would it be? */
static enum reason
judge_directory(const struct zip *a)
{
	uint64_t count = 0;
	struct zip_entry e;

	for (size_t at = 0; at < a->directory.size; at += e.record) {
		enum reason reason = zip_entry_read(after(a->directory, at), &e);

		if (reason == REASON_NONE)
			reason = archive_count(a->totals, e.size, a->file.size);
		if (reason == REASON_NONE)
			reason = zip_entry_judge(&e);
		if (reason != REASON_NONE)
			return reason;
		count++;
	}
	return count == a->entries && count > 0 ? REASON_NONE : REASON_BROKEN;
}

/* Where an entry lies in the file, and its record in the directory. */
struct place {
	uint64_t offset;
	size_t record;
};

static int
by_offset(const void *a, const void *b)
{
	uint64_t x = ((const struct place *)a)->offset, y = ((const struct place *)b)->offset;

	return x < y ? -1 : x > y;
}

/* Some programs sort the directory by name: entries are walked as they lie. */
static size_t
in_order(const struct zip *a, struct place *places)
{
	struct zip_entry e;
	size_t count = 0;

	for (size_t at = 0; at < a->directory.size && count < ARCHIVE_ENTRIES_MAX; at += e.record) {
		if (zip_entry_read(after(a->directory, at), &e) != REASON_NONE)
			break;
		places[count++] = (struct place){ e.offset, at };
	}
	qsort(places, count, sizeof(*places), by_offset);
	return count;
}

static enum reason
walk_entries(struct zip *a)
{
	static struct place room[ARCHIVE_DEPTH_MAX]
				[ARCHIVE_ENTRIES_MAX]; /* an archive inside is walked meanwhile */
	const struct place *places = room[a->totals->depth];
	size_t directory = (size_t)(a->directory.at - a->file.at);
	size_t count = in_order(a, room[a->totals->depth]);
	uint64_t place = 0;

	for (size_t i = 0; i < count; i++) {
		uint64_t next = i + 1 < count ? places[i + 1].offset : directory;
		struct zip_entry e;
		struct bytes data;

		if (zip_entry_read(after(a->directory, places[i].record), &e) != REASON_NONE)
			return REASON_BROKEN;
		if (e.offset != place || next <= place || next > directory)
			return e.offset > place ? REASON_FOREIGN : REASON_BROKEN;
		enum reason reason = zip_entry_local(a->file, &e, next, &data);
		if (reason == REASON_NONE)
			reason = look_into(a, &e, data);
		if (reason != REASON_NONE)
			return reason;
		place = next;
	}
	return REASON_NONE;
}

enum reason
zip_walk(struct bytes file, struct totals *totals, zip_seen *seen, void *context)
{
	struct zip a = { .file = file, .totals = totals, .seen = seen, .context = context };
	enum reason reason = read_end(&a);

	if (reason == REASON_NONE && foreign_inside(a.directory, 0))
		reason = REASON_FOREIGN;
	if (reason == REASON_NONE)
		reason = judge_directory(&a);
	if (reason == REASON_NONE)
		reason = walk_entries(&a);
	if (reason == REASON_NONE && a.others) {
		struct totals again = { .depth = totals->depth, .zip = zip_inside };

		reason = archive_walk(file, &again);
	}
	return reason;
}

enum reason
zip_inside(struct bytes file, struct totals *totals)
{
	return zip_walk(file, totals, NULL, NULL);
}

/* ---- packages: ZIP inside, and something else by their parts ------------------------ */

struct package {
	bool types, word, excel, slides, other;
};

static struct package
read_package(struct bytes file)
{
	struct zip a = { .file = file };
	struct package p = { 0 };
	struct zip_entry e;

	if (read_end(&a) != REASON_NONE)
		return p;
	for (size_t at = 0; at < a.directory.size; at += e.record) {
		if (zip_entry_read(after(a.directory, at), &e) != REASON_NONE)
			break;
		p.types = p.types || zip_name_is(e.name, "[Content_Types].xml");
		/* Office 365 numbers it now and then: word/document2.xml */
		p.word =
		    p.word || (HOLDS(e.name, 0, "word/document") && zip_name_ends(e.name, ".xml"));
		p.excel = p.excel || zip_name_is(e.name, "xl/workbook.xml") ||
			  zip_name_is(e.name, "xl/workbook.bin");
		p.slides = p.slides || zip_name_is(e.name, "ppt/presentation.xml");
		p.other = p.other || zip_name_is(e.name, "META-INF/MANIFEST.MF") ||
			  zip_name_is(e.name, "mimetype") ||
			  zip_name_is(e.name, "AndroidManifest.xml") ||
			  zip_name_is(e.name, "OFD.xml");
	}
	return p;
}

enum file_kind
zip_kind(struct bytes file)
{
	struct package p = read_package(file);

	return p.types && p.word ? KIND_DOCX : KIND_ZIP;
}

/* A PDF near its beginning, also one that was put in first without compression: readers find it. */
enum reason
zip_judge_package(struct bytes file, bool word)
{
	struct package p = read_package(file);

	if (begins_as_pdf(file))
		return REASON_PDF_FIRST;
	if (p.word != word && p.types && !p.excel && !p.slides)
		return REASON_KIND;
	if (p.other || (p.word && (p.excel || p.slides)))
		return REASON_FOREIGN;
	if (p.excel)
		return REASON_IS_EXCEL;
	if (p.slides)
		return REASON_IS_SLIDES;
	return p.types && !word ? REASON_FOREIGN : REASON_NONE;
}

enum reason
inspect_zip(struct bytes file, struct copy *copy)
{
	struct totals totals = { .zip = zip_inside };

	(void)copy;
	if (!HOLDS(file, 0, "PK\x03\x04"))
		return REASON_KIND;
	enum reason reason = zip_judge_package(file, false);
	return reason == REASON_NONE ? zip_walk(file, &totals, NULL, NULL) : reason;
}
