/* RAR 4 and 5: blocks from the mark to the end block, and the end of the file with it. */
#include <zlib.h>

#include "handlers/upload/check/archive.h"
#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"
#include "handlers/upload/check/zip.h"

#define HEADER_MAX (2u << 20) /* bytes, as the format says */
#define ZIP_TAIL 65557u       /* bytes from the end in which readers of ZIP look for its end */

struct rar {
	struct bytes file;
	size_t at;
	struct totals totals;
	bool main, end;
};

static enum reason
count_entry(struct rar *r, uint64_t size, struct bytes name)
{
	enum reason reason = archive_count(&r->totals, size, r->file.size);

	if (reason == REASON_NONE)
		reason = archive_judge_name(name);
	if (reason != REASON_NONE)
		return reason;
	return foreign_inside(name, 0) ? REASON_FOREIGN : REASON_NONE;
}

/*
 * What an entry holds, as it lies in the file. Other readers find an archive there that is stored as
 * it is: that is fine when it is named as one and walked. What is packed libarchive looks into.
 */
static enum reason
judge_data(struct rar *r, struct bytes name, struct bytes data)
{
	uint64_t from = (uint64_t)(data.at - r->file.at);
	uint64_t tail = r->file.size > ZIP_TAIL ? r->file.size - ZIP_TAIL : 0;
	struct bytes late = from < tail ? after(data, tail - from) : data;

	if (archive_begins(data) && archive_is_named(name))
		return REASON_NONE;
	return foreign_inside(data, ~(unsigned)FOREIGN_RAR) ||
		       foreign_inside(late, ~(unsigned)FOREIGN_ZIP_END)
		   ? REASON_FOREIGN
		   : REASON_NONE;
}

/* Comments and the like. What helps to mend a broken archive is made of all that it holds. */
static enum reason
judge_service(struct rar *r, struct bytes name, struct bytes data)
{
	if (HOLDS(name, 0, "RR") && name.size == 2)
		return judge_data(r, name, part(data, 0, 0));
	return foreign_in_note(data) ? REASON_FOREIGN : REASON_NONE;
}

/* ---- RAR 4 ------------------------------------------------------------------- */

static enum reason
file4(struct rar *r, struct bytes head, unsigned flags, uint64_t *packed)
{
	uint64_t size = le32(head, 11);
	size_t name = 32;
	unsigned host = u8(head, 15);

	if (flags & 0x100) {
		*packed |= (uint64_t)le32(head, 32) << 32;
		size |= (uint64_t)le32(head, 36) << 32;
		name = 40;
	}
	if (flags & 0x04)
		return REASON_ARCHIVE_PASSWORD;
	if (flags & 0x03)
		return REASON_BROKEN; /* goes on in another volume */
	if (host == 3 && (le32(head, 28) & 0xf000) == 0xa000)
		return REASON_ENTRY_LINK;
	struct bytes text = part(head, name, le16(head, 26));
	struct bytes plain = part(text, 0, FIND(text, 0, "\0"));
	enum reason reason = count_entry(r, size, plain);
	return reason == REASON_NONE
		   ? judge_data(r, plain, part(r->file, r->at + le16(head, 5), *packed))
		   : reason;
}

/* A block of an archive's own: a comment, what helps to mend it. */
static enum reason
service4(struct rar *r, struct bytes head, uint64_t data)
{
	struct bytes name = part(head, 32, le16(head, 26));

	return judge_service(r, name, part(r->file, r->at + head.size, data));
}

static enum reason
block4(struct rar *r)
{
	struct bytes rest = after(r->file, r->at);
	unsigned type = u8(rest, 2), flags = le16(rest, 3);
	size_t size = le16(rest, 5);
	struct bytes head = part(rest, 0, size);
	uint64_t data = flags & 0x8000 || type == 0x74 ? le32(rest, 7) : 0;
	enum reason reason = REASON_NONE;

	if (size < 7 || head.size < size ||
	    (crc32(0, head.at + 2, (unsigned)size - 2) & 0xffff) != le16(head, 0))
		return REASON_BROKEN;
	if ((type == 0x73) == r->main)
		return REASON_BROKEN; /* the first, and only that */
	if (type == 0x73) {
		r->main = true;
		if (flags & 0x80)
			return REASON_ARCHIVE_PASSWORD;
	} else if (type == 0x74) {
		reason = file4(r, head, flags, &data);
	} else if (type == 0x7b) {
		r->end = true;
	} else if (type == 0x7a) {
		reason = service4(r, head, data);
	} else if (type != 0x78) { /* as WinRAR 3 helped to mend it */
		return foreign_in_note(head) ? REASON_FOREIGN : REASON_BROKEN;
	}
	if (reason == REASON_NONE && !has(rest, size, data))
		reason = REASON_BROKEN;
	r->at += size + (size_t)data;
	return reason;
}

/* ---- RAR 5 ------------------------------------------------------------------- */

/* Seven bits at a time, the lowest first. */
static uint64_t
number(struct bytes b, size_t *at)
{
	uint64_t n = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		unsigned byte = u8(b, (*at)++);

		n |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			break;
	}
	return n;
}

static enum reason
extra5(struct bytes extra, bool file)
{
	for (size_t at = 0; at < extra.size;) {
		uint64_t size = number(extra, &at);
		size_t from = at;

		if (size == 0 || !has(extra, at, size))
			return REASON_BROKEN;
		uint64_t type = number(extra, &at);
		if (file && type == 1)
			return REASON_ARCHIVE_PASSWORD;
		if (file && type == 5)
			return REASON_ENTRY_LINK;
		at = from + (size_t)size;
	}
	return foreign_inside(extra, 0) ? REASON_FOREIGN : REASON_NONE;
}

static enum reason
file5(struct rar *r, struct bytes head, size_t at, struct bytes extra, struct bytes data,
    bool service)
{
	uint64_t flags = number(head, &at), size = number(head, &at);

	number(head, &at); /* attributes */
	at += (flags & 2 ? 4u : 0u) + (flags & 4 ? 4u : 0u);
	number(head, &at); /* how it is packed */
	number(head, &at); /* which system */
	uint64_t length = number(head, &at);
	enum reason reason = extra5(extra, !service);
	struct bytes name = part(head, at, length);
	if (reason != REASON_NONE)
		return reason;
	if (service)
		return judge_service(r, name, data);
	if (name.size < length || memchr(name.at, '\0', name.size))
		return REASON_ENTRY_NAME;
	reason = count_entry(r, size, name);
	return reason == REASON_NONE ? judge_data(r, name, data) : reason;
}

static enum reason
block5(struct rar *r)
{
	struct bytes rest = after(r->file, r->at);
	size_t at = 4;
	uint64_t size = number(rest, &at);

	if (size == 0 || size > HEADER_MAX || !has(rest, at, size) ||
	    crc32(0, rest.at + 4, (unsigned)(at - 4 + size)) != le32(rest, 0))
		return REASON_BROKEN;
	struct bytes head = part(rest, 0, at + size);
	uint64_t type = number(head, &at), flags = number(head, &at);
	uint64_t extra_size = flags & 1 ? number(head, &at) : 0;
	uint64_t data_size = flags & 2 ? number(head, &at) : 0;
	struct bytes extra = { 0 }, data = part(rest, head.size, data_size);
	enum reason reason = REASON_NONE;
	if (extra_size > head.size || !has(rest, head.size, data_size) || flags & 0x18)
		return REASON_BROKEN; /* also: it begins or ends in another volume */
	extra = after(head, head.size - extra_size);
	if ((type == 1) == r->main)
		return type == 4 ? REASON_ARCHIVE_PASSWORD : REASON_BROKEN;
	switch (type) {
	case 1:
		r->main = true;
		reason = extra5(extra, false);
		break;
	case 2:
	case 3:
		reason = file5(r, head, at, extra, data, type == 3);
		break;
	case 5:
		r->end = true;
		break;
	default:
		reason = foreign_in_note(head) ? REASON_FOREIGN : REASON_BROKEN;
	}
	r->at += head.size + (size_t)data_size;
	return reason;
}

enum reason
inspect_rar(struct bytes file, struct copy *copy)
{
	bool five = HOLDS(file, 0, "Rar!\x1a\x07\x01\x00");
	struct rar r = { .file = file, .at = five ? 8 : 7 };

	(void)copy;
	if (!five && !HOLDS(file, 0, "Rar!\x1a\x07\x00"))
		return REASON_KIND;
	if (begins_as_pdf(file))
		return REASON_FOREIGN;
	while (!r.end) {
		enum reason reason = r.at >= file.size ? REASON_BROKEN
				     : five            ? block5(&r)
						       : block4(&r);

		if (reason != REASON_NONE)
			return reason;
	}
	if (r.at != file.size)
		return foreign_in_note(after(file, r.at)) ? REASON_FOREIGN : REASON_TAIL;
	struct totals again = { .zip = zip_inside };
	return r.totals.entries > 0 ? archive_walk(file, &again) : REASON_BROKEN;
}
