#include "handlers/upload/check/jpg_more.h"

#include <ctype.h>

#include "handlers/upload/check/foreign.h"

#define LIST_TAG 0xb002u
#define FIELDS_MAX 64u
#define PICTURES_MAX 32u
#define ENTRY 16u              /* bytes of a picture in the list */
#define NOTE_MAX (256u * 1024) /* bytes; telephones write some hundreds */
#define NOTES_MAX 256u

/* ---- more pictures -------------------------------------------------------------- */

/* The list is a small TIFF, in either order of bytes. */
struct list {
	struct bytes tiff, entries;
	bool big;
};

static uint32_t
n32(const struct list *l, struct bytes b, uint64_t at)
{
	return l->big ? be32(b, at) : le32(b, at);
}

static unsigned
n16(const struct list *l, uint64_t at)
{
	return l->big ? be16(l->tiff, at) : le16(l->tiff, at);
}

static bool
read_list(struct bytes tiff, struct list *ret)
{
	struct list l = { .tiff = tiff, .big = HOLDS(tiff, 0, "MM\0*") };

	if (!l.big && !HOLDS(tiff, 0, "II*\0"))
		return false;
	uint64_t at = n32(&l, tiff, 4);
	unsigned fields = n16(&l, at);
	for (unsigned i = 0; i < fields && i < FIELDS_MAX; i++) {
		uint64_t field = at + 2 + 12 * (uint64_t)i;

		if (n16(&l, field) != LIST_TAG)
			continue;
		l.entries = part(tiff, n32(&l, tiff, field + 8), n32(&l, tiff, field + 4));
		*ret = l;
		return l.entries.size >= ENTRY && l.entries.size <= ENTRY * PICTURES_MAX;
	}
	return false;
}

bool
jpg_next_picture(struct bytes file, size_t base, size_t from, struct bytes *ret)
{
	struct list l;
	uint64_t nearest = UINT64_MAX;

	if (!read_list(after(file, base), &l))
		return false;
	for (uint64_t at = 0; has(l.entries, at, ENTRY); at += ENTRY) {
		uint64_t size = n32(&l, l.entries, at + 4), offset = n32(&l, l.entries, at + 8);
		uint64_t place = base + offset;

		if (offset == 0 || place < from || place >= nearest ||
		    !HOLDS(file, place, "\xff\xd8\xff") || !has(file, place, size))
			continue;
		nearest = place;
		*ret = part(file, place, size);
	}
	return nearest != UINT64_MAX;
}

bool
jpg_is_padding(struct bytes area)
{
	for (size_t i = 0; i < area.size; i++) {
		unsigned c = area.at[i];

		if (c != 0 && c != 0xff && !isspace((int)c) &&
		    !(c == 0xd9 && i > 0 && area.at[i - 1] == 0xff))
			return false;
	}
	return true;
}

/* ---- notes ------------------------------------------------------------------------ */

/* Blocks, a directory that begins with SEFH and says where each lies, its length, SEFT. */
static bool
is_samsung(struct bytes tail)
{
	size_t end = tail.size;
	uint32_t length = le32(tail, end - 8), held = 0;

	if (end < 20 || !HOLDS(tail, end - 4, "SEFT") || length > end - 8)
		return false;
	size_t head = end - 8 - length;
	uint32_t count = le32(tail, head + 8);
	if (!HOLDS(tail, head, "SEFH") || count > NOTES_MAX || length != 12 + 12 * count)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		size_t entry = head + 12 + 12 * (size_t)i;
		uint32_t back = le32(tail, entry + 4), size = le32(tail, entry + 8);

		if (back > head || size > back)
			return false;
		held += size;
	}
	return held == head;
}

static bool
is_vivo(struct bytes tail)
{
	return HOLDS(tail, 0, "vivo{\"") && tail.size > 16 &&
	       HOLDS(tail, tail.size - 15, "\xff\xff\xff\xff\x1b*9HWfu\x84\x93\xa2\xb1");
}

bool
jpg_is_telephone_note(struct bytes tail)
{
	return tail.size <= NOTE_MAX && (is_samsung(tail) || is_vivo(tail)) &&
	       !foreign_in_note(tail);
}
