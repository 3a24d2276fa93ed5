#include "handlers/upload/check/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <ctype.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "fcgi/base/array.h"

#define MIB ((uint64_t)1024 * 1024)
#define RATIO_MAX 200u /* of all entries, beyond RATIO_FROM */
#define RATIO_FROM (16 * MIB)
#define NESTED_MAX (64 * MIB)
#define NAME_MAX_BYTES 1024u
#define FIRST_MAX ((size_t)4096)

/* ---- names, and what entries begin with ------------------------------------------- */

enum reason
archive_count(struct totals *totals, uint64_t size, uint64_t packed)
{
	totals->expanded += size > ARCHIVE_EXPANDED_MAX ? ARCHIVE_EXPANDED_MAX + 1 : size;
	if (++totals->entries > ARCHIVE_ENTRIES_MAX)
		return REASON_ENTRIES;
	return totals->expanded > ARCHIVE_EXPANDED_MAX ||
		       (totals->expanded > RATIO_FROM && totals->expanded / RATIO_MAX > packed)
		   ? REASON_EXPANDED
		   : REASON_NONE;
}

static bool
is_slash(unsigned c)
{
	return c == '/' || c == '\\';
}

static bool
is_safe(struct bytes name)
{
	if (name.size == 0 || name.size > NAME_MAX_BYTES || is_slash(u8(name, 0)) ||
	    u8(name, 1) == ':')
		return false;
	for (size_t at = 0; at < name.size; at++) {
		bool start = at == 0 || is_slash(u8(name, at - 1));

		if (u8(name, at) < ' ')
			return false;
		if (start && HOLDS(name, at, "..") &&
		    (at + 2 == name.size || is_slash(u8(name, at + 2))))
			return false;
	}
	return true;
}

/* Is the name's extension one of these? */
static bool
has_extension(struct bytes name, const char *const extensions[], size_t count)
{
	/* Windows opens "a.exe." and "a.exe " as it does "a.exe" */
	while (name.size > 0 && (u8(name, name.size - 1) == '.' || u8(name, name.size - 1) == ' '))
		name.size--;
	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(extensions[i]);

		if (name.size > len && u8(name, name.size - len - 1) == '.' &&
		    strncasecmp((const char *)name.at + name.size - len, extensions[i], len) == 0)
			return true;
	}
	return false;
}

enum reason
archive_judge_name(struct bytes name)
{
	static const char *const programs[] = { "exe", "com", "scr", "pif", "bat", "cmd", "msi",
		"msp", "dll", "ocx", "cpl", "sys", "lnk", "url", "scf", "vbs", "vbe", "js", "jse",
		"wsf", "wsh", "hta", "ps1", "psm1", "sh", "jar", "apk", "reg", "inf", "chm", "iso",
		"img", "vhd", "vhdx", "appx", "msix", "gadget", "application", "jnlp", "docm",
		"xlsm", "pptm", "dotm", "xltm", "xlam", "php", "jsp", "asp", "aspx" };

	if (!is_safe(name))
		return REASON_ENTRY_NAME;
	return has_extension(name, programs, COUNT(programs)) ? REASON_ENTRY_PROGRAM : REASON_NONE;
}

enum reason
archive_judge_content(struct bytes first)
{
	uint32_t header = le32(first, 0x3c);
	bool windows = HOLDS(first, 0, "MZ") && header >= 0x40 &&
		       (HOLDS(first, header, "PE\0\0") || HOLDS(first, header, "NE") ||
			   (header >= FIRST_MAX && header < MIB));
	bool other = HOLDS(first, 0,
			 "\x7f"
			 "ELF") ||
		     HOLDS(first, 0, "#!/") || HOLDS(first, 0, "L\0\0\0\x01\x14\x02\0") ||
		     HOLDS(first, 0, "\xcf\xfa\xed\xfe");

	return windows || other ? REASON_ENTRY_PROGRAM : REASON_NONE;
}

bool
archive_begins(struct bytes content)
{
	return HOLDS(content, 0, "PK\x03\x04") || HOLDS(content, 0, "Rar!\x1a\x07") ||
	       HOLDS(content, 0, "7z\xbc\xaf\x27\x1c") || HOLDS(content, 0, "\x1f\x8b\x08") ||
	       HOLDS(content, 0,
		   "\xfd"
		   "7zXZ") ||
	       HOLDS(content, 0, "BZh") || HOLDS(content, 0, "\x28\xb5\x2f\xfd") ||
	       HOLDS(content, 257, "ustar");
}

bool
archive_is_named(struct bytes name)
{
	static const char *const archives[] = { "zip", "rar", "7z", "tar", "gz", "tgz", "bz2",
		"tbz", "xz", "txz", "zst", "docx", "xlsx", "pptx", "dotx", "xltx", "potx", "ppsx",
		"vsdx", "odt", "ods", "odp", "ofd", "epub", "wps", "et", "dps", "xmind", "eio" };

	return has_extension(name, archives, COUNT(archives));
}

/* ---- entries, as libarchive reads them ---------------------------------------------- */

static struct archive *
begin(struct bytes file)
{
	struct archive *a = archive_read_new();

	if (!a)
		return NULL;
	archive_read_support_filter_gzip(a);
	archive_read_support_filter_bzip2(a);
	archive_read_support_filter_xz(a);
	archive_read_support_filter_zstd(a);
	archive_read_support_format_rar(a);
	archive_read_support_format_rar5(a);
	archive_read_support_format_7zip(a);
	archive_read_support_format_tar(a);
	archive_read_support_format_zip_seekable(a);
	if (!HOLDS(file, 0, "Rar!") && !HOLDS(file, 0, "PK") && !HOLDS(file, 0, "7z\xbc"))
		archive_read_support_format_raw(a); /* one file, packed by gzip or the like */
	if (archive_read_open_memory(a, file.at, file.size) != ARCHIVE_OK) {
		archive_read_free(a);
		return NULL;
	}
	return a;
}

/* Fills what there is room for. What cannot be unpacked is left out. */
static size_t
fill(struct archive *a, unsigned char *room, size_t max)
{
	size_t size = 0;

	while (size < max) {
		ssize_t n = archive_read_data(a, room + size, max - size);

		if (n <= 0)
			break;
		size += (size_t)n;
	}
	return size;
}

/* The rest of an archive that begins with `first`, and what is in it. */
static enum reason
walk_nested(struct archive *a, struct bytes first, uint64_t size, struct totals *totals)
{
	uint64_t most = size > 0 ? size : NESTED_MAX;

	if (most > NESTED_MAX)
		return REASON_NESTED;
	unsigned char *room =
	    mmap(NULL, most, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (room == MAP_FAILED)
		return REASON_UNCHECKED;
	size_t held = first.size < most ? first.size : (size_t)most;
	memcpy(room, first.at, held);
	held += fill(a, room + held, (size_t)most - held);
	enum reason reason = archive_inside((struct bytes){ room, held }, totals);
	munmap(room, most);
	return reason;
}

/* Some programs do not say what an entry is. */
static bool
is_special(mode_t type)
{
	return type == AE_IFLNK || type == AE_IFCHR || type == AE_IFBLK || type == AE_IFIFO ||
	       type == AE_IFSOCK;
}

static enum reason
judge_entry(struct archive *a, struct archive_entry *e, struct totals *totals)
{
	unsigned char room[FIRST_MAX];
	const char *text = archive_entry_pathname_utf8(e);
	struct bytes name = { (const unsigned char *)text, text ? strlen(text) : 0 };
	enum reason reason = text ? archive_judge_name(name) : REASON_NONE;

	if (archive_entry_is_encrypted(e))
		return REASON_ARCHIVE_PASSWORD;
	if (is_special(archive_entry_filetype(e)))
		return REASON_ENTRY_LINK;
	if (archive_entry_symlink(e) || archive_entry_hardlink(e))
		return REASON_ENTRY_LINK;
	if (reason != REASON_NONE || archive_entry_filetype(e) == AE_IFDIR)
		return reason;
	struct bytes first = { room, fill(a, room, sizeof(room)) };
	reason = archive_judge_content(first);
	if (reason == REASON_NONE && archive_begins(first))
		reason = walk_nested(a, first, (uint64_t)archive_entry_size(e), totals);
	return reason;
}

enum reason
archive_walk(struct bytes file, struct totals *totals)
{
	struct archive *a = begin(file);
	enum reason reason = a ? REASON_NONE : REASON_NESTED;
	struct archive_entry *e;

	while (reason == REASON_NONE) {
		int got = archive_read_next_header(a, &e);

		if (got == ARCHIVE_EOF)
			break;
		if (got != ARCHIVE_OK && got != ARCHIVE_WARN)
			reason = archive_read_has_encrypted_entries(a) == 1
				     ? REASON_ARCHIVE_PASSWORD
				     : REASON_NESTED;
		else
			reason = archive_count(totals, (uint64_t)archive_entry_size(e), file.size);
		if (reason == REASON_NONE)
			reason = judge_entry(a, e, totals);
	}
	if (a)
		archive_read_free(a);
	return reason;
}

enum reason
archive_inside(struct bytes content, struct totals *totals)
{
	enum reason reason = REASON_NESTED;

	if (totals->depth + 1 >= ARCHIVE_DEPTH_MAX)
		return reason;
	totals->depth++;
	reason = HOLDS(content, 0, "PK\x03\x04") ? totals->zip(content, totals)
						 : archive_walk(content, totals);
	totals->depth--;
	return reason;
}
