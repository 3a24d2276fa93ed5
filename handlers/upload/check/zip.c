#include "handlers/upload/check/zip.h"

#include <ctype.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"
#include "handlers/upload/check/inflate.h"
#include "handlers/upload/check/zip_entry.h"

#define MIB ((uint64_t)1024 * 1024)
#define ENTRIES_MAX 10000u
#define EXPANDED_MAX (512 * MIB) /* of all entries; more cannot be looked through in time */
#define RATIO_MAX 200u           /* of all entries, beyond RATIO_FROM */
#define RATIO_FROM (16 * MIB)
#define DEPTH_MAX 3u
#define NESTED_MAX (64 * MIB)
#define NOTE_MAX 1024u
#define BLANK_MAX 2u /* bytes behind the end: a line's end, from programs that take it for text */

struct archive {
	struct bytes file, directory;
	uint64_t entries;
	struct zip_totals *totals;
	zip_seen *seen;
	void *context;
};

bool
zip_name_is(struct bytes name, const char *text)
{
	return name.size == strlen(text) && zip_name_ends(name, text);
}

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
read_end(struct archive *a)
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

static bool
is_archive(struct bytes content)
{
	return HOLDS(content, 0, "Rar!\x1a\x07") || HOLDS(content, 0, "7z\xbc\xaf\x27\x1c") ||
	       HOLDS(content, 0,
		   "\xfd"
		   "7zXZ") ||
	       HOLDS(content, 0, "BZh") || HOLDS(content, 0, "\x28\xb5\x2f\xfd") ||
	       HOLDS(content, 257, "ustar");
}

static struct inflated
unpack(struct bytes data, const struct zip_entry *e, unsigned char *keep, size_t keep_max)
{
	struct inflated i = { .keep = keep, .keep_max = keep_max };

	inflate_begin(true);
	inflate_more(&i, data, e->size);
	inflate_end();
	return i;
}

/* An archive in an archive, whole in memory. */
static enum reason
nested(const struct archive *a, const struct zip_entry *e, struct bytes data)
{
	if (a->totals->depth + 1 >= DEPTH_MAX || e->size > NESTED_MAX)
		return REASON_NESTED;
	a->totals->depth++;
	enum reason reason;
	if (e->method == 0) {
		reason = zip_walk(data, a->totals, NULL, NULL);
	} else {
		void *room =
		    mmap(NULL, e->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (room == MAP_FAILED)
			return REASON_UNCHECKED;
		unpack(data, e, room, (size_t)e->size);
		reason = zip_walk((struct bytes){ room, (size_t)e->size }, a->totals, NULL, NULL);
		munmap(room, e->size);
	}
	a->totals->depth--;
	return reason;
}

static enum reason
look_into(const struct archive *a, const struct zip_entry *e, struct bytes data)
{
	static unsigned char first[ZIP_SEEN_MAX];
	struct bytes content = part(data, 0, ZIP_SEEN_MAX);

	if (e->method == 0) {
		if (e->packed != e->size || crc32(0, data.at, (unsigned)data.size) != e->crc)
			return REASON_BROKEN;
	} else {
		struct inflated i = unpack(data, e, first, sizeof(first));

		if (i.whole && i.used < data.size)
			return REASON_FOREIGN; /* behind the content, where nobody looks */
		if (!i.whole || i.size != e->size || i.crc != e->crc)
			return REASON_BROKEN;
		content = (struct bytes){ first,
			i.size < sizeof(first) ? (size_t)i.size : sizeof(first) };
	}
	if (a->seen) {
		enum reason reason = a->seen(a->context, e->name, content);
		if (reason != REASON_NONE)
			return reason;
	}
	if (is_archive(content))
		return REASON_NESTED;
	return HOLDS(content, 0, "PK\x03\x04") ? nested(a, e, data) : REASON_NONE;
}

/* ---- all of it --------------------------------------------------------------- */

/* Before anything is unpacked: how much would it be? */
static enum reason
judge_directory(const struct archive *a)
{
	uint64_t count = 0, expanded = 0;
	struct zip_entry e;
	size_t at = 0;

	for (; at < a->directory.size; at += e.record) {
		enum reason reason = zip_entry_read(after(a->directory, at), &e);

		if (reason == REASON_NONE && ++count + a->totals->entries > ENTRIES_MAX)
			reason = REASON_ENTRIES;
		if (reason == REASON_NONE)
			reason = zip_entry_judge(&e);
		if (reason != REASON_NONE)
			return reason;
		if (e.size > EXPANDED_MAX)
			return REASON_EXPANDED;
		expanded += e.size;
	}
	a->totals->entries += (unsigned)count;
	a->totals->expanded += expanded;
	if (a->totals->expanded > EXPANDED_MAX ||
	    (expanded > RATIO_FROM && expanded / RATIO_MAX > a->file.size))
		return REASON_EXPANDED;
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
in_order(const struct archive *a, struct place *places)
{
	struct zip_entry e;
	size_t count = 0;

	for (size_t at = 0; at < a->directory.size && count < ENTRIES_MAX; at += e.record) {
		if (zip_entry_read(after(a->directory, at), &e) != REASON_NONE)
			break;
		places[count++] = (struct place){ e.offset, at };
	}
	qsort(places, count, sizeof(*places), by_offset);
	return count;
}

static enum reason
walk_entries(const struct archive *a)
{
	static struct place room[DEPTH_MAX]
				[ENTRIES_MAX]; /* an archive inside is walked meanwhile */
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
zip_walk(struct bytes file, struct zip_totals *totals, zip_seen *seen, void *context)
{
	struct archive a = { .file = file, .totals = totals, .seen = seen, .context = context };
	enum reason reason = read_end(&a);

	if (reason == REASON_NONE && foreign_inside(a.directory, 0))
		reason = REASON_FOREIGN;
	if (reason == REASON_NONE)
		reason = judge_directory(&a);
	return reason == REASON_NONE ? walk_entries(&a) : reason;
}

/* Packages that are ZIP inside and something else by their parts. */
static enum reason
is_plain(void *context, struct bytes name, struct bytes content)
{
	(void)context;
	(void)content;
	if (zip_name_is(name, "[Content_Types].xml") || zip_name_is(name, "META-INF/MANIFEST.MF") ||
	    zip_name_is(name, "mimetype") || zip_name_is(name, "AndroidManifest.xml"))
		return REASON_FOREIGN;
	return REASON_NONE;
}

/*
 * What of the raw bytes would make another reader take the whole for its own: a PDF near its
 * beginning, also one that was put in first without compression, or RAR and 7z anywhere. Other
 * formats are looked for at byte 0 only, so that entries may hold them as they are.
 */
static enum reason
reads_as_another(struct bytes file)
{
	if (begins_as_pdf(file))
		return REASON_PDF_FIRST;
	return foreign_inside(file, ~(unsigned)FOREIGN_RAR) ? REASON_FOREIGN : REASON_NONE;
}

enum reason
inspect_zip(struct bytes file)
{
	struct zip_totals totals = { 0 };

	if (!HOLDS(file, 0, "PK\x03\x04"))
		return REASON_KIND;
	enum reason reason = reads_as_another(file);
	return reason == REASON_NONE ? zip_walk(file, &totals, is_plain, NULL) : reason;
}

struct parts {
	bool types, document;
};

static bool
contains(struct bytes content, const char *text)
{
	return find(content, 0, text, strlen(text)) < content.size;
}

static enum reason
is_part(void *context, struct bytes name, struct bytes content)
{
	struct parts *parts = context;

	if (zip_name_ends(name, "vbaProject.bin") || zip_name_ends(name, "vbaData.xml"))
		return REASON_MACRO;
	if (zip_name_is(name, "[Content_Types].xml")) {
		parts->types = content.size < ZIP_SEEN_MAX;
		if (contains(content, "macroEnabled") || contains(content, "vbaProject"))
			return REASON_MACRO;
	}
	/* Office 365 numbers it now and then: word/document2.xml */
	if (HOLDS(name, 0, "word/document") && zip_name_ends(name, ".xml"))
		parts->document = true;
	if (zip_name_is(name, "xl/workbook.xml") || zip_name_is(name, "ppt/presentation.xml") ||
	    zip_name_is(name, "META-INF/MANIFEST.MF") || zip_name_is(name, "mimetype") ||
	    zip_name_is(name, "AndroidManifest.xml"))
		return REASON_FOREIGN;
	return REASON_NONE;
}

enum reason
inspect_docx(struct bytes file)
{
	struct zip_totals totals = { 0 };
	struct parts parts = { 0 };

	if (HOLDS(file, 0,
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) /* Word puts a password around it so */
		return REASON_ENCRYPTED;
	if (!HOLDS(file, 0, "PK\x03\x04"))
		return REASON_KIND;
	enum reason reason = reads_as_another(file);
	if (reason == REASON_NONE)
		reason = zip_walk(file, &totals, is_part, &parts);
	if (reason != REASON_NONE)
		return reason;
	return parts.types && parts.document ? REASON_NONE : REASON_KIND;
}
