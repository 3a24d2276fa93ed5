#include "handlers/upload/check/zip_entry.h"

#include <sys/stat.h>

#include "handlers/upload/check/foreign.h"

#define FLAGS_ENCRYPTED 0x2041u
#define NAME_MAX_BYTES 1024u
#define EXTRA_WIDE 0x0001u

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

enum reason
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

static bool
is_slash(unsigned c)
{
	return c == '/' || c == '\\';
}

static bool
name_is_safe(struct bytes name)
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

enum reason
zip_entry_judge(const struct zip_entry *e)
{
	if (e->flags & FLAGS_ENCRYPTED)
		return REASON_ENCRYPTED;
	if (!name_is_safe(e->name))
		return REASON_ENTRY_NAME;
	if (is_link(e))
		return REASON_ENTRY_LINK;
	if (extra_is_foreign(e->extra) || foreign_in_note(e->note) || foreign_inside(e->name, 0))
		return REASON_FOREIGN;
	return e->method == 0 || e->method == 8 ? REASON_NONE : REASON_METHOD;
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

enum reason
zip_entry_local(struct bytes file, const struct zip_entry *e, uint64_t next, struct bytes *ret_data)
{
	struct bytes local = after(file, e->offset);
	size_t name = le16(local, 26), extra = le16(local, 28), start = 30 + name + extra;
	bool late = (le16(local, 6) & ZIP_FLAG_DESCRIPTOR) != 0;

	if (!HOLDS(local, 0, "PK\x03\x04") || !has(local, start, e->packed))
		return REASON_BROKEN;
	if (name != e->name.size || memcmp(local.at + 30, e->name.at, name) != 0 ||
	    le16(local, 8) != e->method || late != ((e->flags & ZIP_FLAG_DESCRIPTOR) != 0))
		return REASON_BROKEN;
	if (!late && ((le32(local, 18) != UINT32_MAX && le32(local, 18) != e->packed) ||
			 (le32(local, 22) != UINT32_MAX && le32(local, 22) != e->size)))
		return REASON_BROKEN;
	if (le16(local, 6) & FLAGS_ENCRYPTED)
		return REASON_ENCRYPTED;
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
