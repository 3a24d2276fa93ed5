/* JPEG: segments from SOI to EOI, and the end of the file with it. */
#include <ctype.h>

#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"

#define PIXELS_MAX (50u << 20) /* as telephones count 50 million: 8192 by 6144 */
#define LIST_TAG 0xb002u
#define FIELDS_MAX 64u
#define PICTURES_MAX 32u
#define ENTRY 16u              /* bytes of a picture in the list */
#define NOTE_MAX (256u * 1024) /* bytes; telephones write some hundreds */
#define NOTES_MAX 256u
#define SAMSUNG_FILM 0x0a30u

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

/*
 * The nearest picture at or behind `from` that the MPF segment (CIPA DC-007)
 * lists, whose offsets count from `base`, as large as it says there. false:
 * none is left, or the list cannot be read.
 */
static bool
next_picture(struct bytes file, size_t base, size_t from, struct bytes *ret)
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

/* Nothing but NUL, white space, 0xff and an end of picture once more. */
static bool
is_padding(struct bytes area)
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

/*
 * Notes of Samsung and vivo, whole and with nothing but what their own structure
 * holds; the film that some put there as well makes it a file of two formats.
 */
static bool
is_telephone_note(struct bytes tail)
{
	return tail.size <= NOTE_MAX && (is_samsung(tail) || is_vivo(tail)) &&
	       !foreign_in_note(tail);
}

/* ---- the picture ---------------------------------------------------------------- */

struct walk {
	struct bytes file;
	size_t at;
	bool frame, scan;
	size_t more; /* where the segment lies that lists more pictures; 0 when there is none */
};

static bool
is_alone(unsigned marker)
{
	return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

static bool
is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
	       marker != 0xcc;
}

/* What programs keep for each other. Thumbnails are pictures; everything else is a note. */
static bool
segment_is_foreign(unsigned marker, struct bytes s)
{
	bool known =
	    (marker == 0xe1 && (HOLDS(s, 0, "Exif\0") || HOLDS(s, 0, "http://ns.adobe.com/"))) ||
	    (marker == 0xe2 && (HOLDS(s, 0, "ICC_PROFILE\0") || HOLDS(s, 0, "MPF\0"))) ||
	    (marker == 0xeb && HOLDS(s, 0, "JP")) ||
	    (marker == 0xed && HOLDS(s, 0, "Photoshop 3.0\0"));

	if (marker != 0xfe && (marker < 0xe0 || marker > 0xef))
		return false;
	return known ? foreign_inside(s, FOREIGN_JPG) : foreign_in_note(s);
}

static enum reason
frame(struct walk *w, struct bytes s)
{
	uint64_t height = be16(s, 1), width = be16(s, 3);

	w->frame = true;
	if (s.size < 6 || width == 0 || u8(s, 5) == 0)
		return REASON_BROKEN;
	return width * height > PIXELS_MAX ? REASON_PIXELS : REASON_NONE;
}

/* To the marker that ends the compressed data. */
static void
skip_scan(struct walk *w)
{
	w->scan = true;
	while (w->at + 1 < w->file.size) {
		unsigned next = w->file.at[w->at + 1];

		if (w->file.at[w->at] == 0xff && next != 0 && next != 0xff && !is_alone(next))
			return;
		w->at++;
	}
	w->at = w->file.size;
}

static enum reason
segment(struct walk *w, unsigned marker)
{
	size_t length = be16(w->file, w->at);

	if (length < 2 || !has(w->file, w->at, length))
		return REASON_BROKEN;
	struct bytes s = part(w->file, w->at + 2, length - 2);
	w->at += length;
	if (segment_is_foreign(marker, s))
		return REASON_FOREIGN;
	if (marker == 0xe2 && HOLDS(s, 0, "MPF\0"))
		w->more = (size_t)(s.at - w->file.at) + 4;
	if (is_frame(marker))
		return frame(w, s);
	if (marker == 0xda)
		skip_scan(w);
	return REASON_NONE;
}

/* From SOI to behind EOI. */
static enum reason
picture(struct walk *w)
{
	w->at += 2;
	while (w->at + 1 < w->file.size) {
		unsigned marker = w->file.at[w->at + 1];

		if (w->file.at[w->at] != 0xff)
			return REASON_BROKEN;
		w->at += marker == 0xff ? 1 : 2;
		if (marker == 0xd9)
			return w->frame && w->scan ? REASON_NONE : REASON_BROKEN;
		if (marker == 0xff || is_alone(marker))
			continue;
		enum reason reason =
		    marker == 0 || marker == 0xd8 ? REASON_BROKEN : segment(w, marker);
		if (reason != REASON_NONE)
			return reason;
	}
	return REASON_BROKEN;
}

/* The pictures the first one lists: a preview, what makes it brighter on newer screens. */
static enum reason
more_pictures(struct walk *w)
{
	struct bytes next;

	while (w->more && next_picture(w->file, w->more, w->at, &next)) {
		struct walk other = { .file = next };

		if (!is_padding(part(w->file, w->at, (size_t)(next.at - w->file.at) - w->at)))
			return REASON_TAIL;
		enum reason reason = picture(&other);
		if (reason != REASON_NONE)
			return reason;
		if (!is_padding(after(next, other.at)))
			return REASON_TAIL;
		w->at = (size_t)(next.at - w->file.at) + next.size;
	}
	return REASON_NONE;
}

/* ---- photographs that move ------------------------------------------------------------ */

static bool
is_film(struct bytes file, uint64_t at)
{
	return HOLDS(file, at + 4, "ftyp") && be32(file, at) >= 16 && be32(file, at) <= 256;
}

/* Digits behind a text; 0 when there are none. */
static uint64_t
number_behind(struct bytes area, const char *text)
{
	size_t at = find(area, 0, text, strlen(text)) + strlen(text);
	uint64_t n = 0;

	while (u8(area, at) == '=' || u8(area, at) == '"' || u8(area, at) == '>')
		at++;
	for (int i = 0; i < 10 && isdigit((int)u8(area, at)); i++)
		n = n * 10 + (uint64_t)(u8(area, at++) - '0');
	return n;
}

/* As Google says it in XMP, and Xiaomi, OPPO, vivo after it: bytes from the end of the file. */
static uint64_t
google_film(struct bytes file, struct bytes still)
{
	uint64_t back = number_behind(still, "MicroVideoOffset");
	size_t item = FIND(still, 0, "Semantic=\"MotionPhoto\"");

	if (back == 0 && item < still.size) {
		size_t from = item, to = FIND(still, item, ">");

		while (from > 0 && still.at[from] != '<')
			from--;
		back = number_behind(part(still, from, to - from), "Length");
	}
	return back > 0 && back < file.size ? file.size - back : 0;
}

/* As Samsung's directory says it, which counts back from its own beginning. */
static uint64_t
samsung_film(struct bytes file)
{
	size_t end = file.size;
	uint32_t length = le32(file, end - 8);

	if (end < 20 || !HOLDS(file, end - 4, "SEFT") || length > end - 8)
		return 0;
	size_t head = end - 8 - length;
	uint32_t count = HOLDS(file, head, "SEFH") ? le32(file, head + 8) : 0;
	for (uint32_t i = 0; i < count && i < NOTES_MAX; i++) {
		size_t entry = head + 12 + 12 * (size_t)i;
		uint32_t back = le32(file, entry + 4);

		if (le16(file, entry + 2) == SAMSUNG_FILM && back <= head) /* behind its name */
			return head - back + 8 + (uint64_t)le32(file, head - back + 4);
	}
	return 0;
}

/* As Huawei and Honor write it last: "LIVE_" and how many bytes, in a field of 20. */
static uint64_t
huawei_film(struct bytes file)
{
	size_t at = file.size > 20 ? file.size - 20 : 0;
	uint64_t back = HOLDS(file, at, "LIVE_") ? number_behind(after(file, at), "LIVE_") : 0;

	for (uint64_t more = 0; back > 0 && more <= 60; more += 20)
		if (back + more < file.size && is_film(file, file.size - back - more))
			return file.size - back - more;
	return 0;
}

/* Somewhere, and nothing else that is foreign. */
static bool
holds_film(struct bytes tail)
{
	return foreign_inside(tail, ~(unsigned)FOREIGN_MP4) &&
	       !foreign_inside(tail, FOREIGN_MP4 | FOREIGN_JPG);
}

/* Where the moving part begins, as the format itself says; 0 when it does not. */
static uint64_t
find_film(struct bytes file, size_t end)
{
	struct bytes still = part(file, 0, end);
	const uint64_t places[] = { google_film(file, still), samsung_film(file),
		huawei_film(file) };

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (places[i] >= end && is_film(file, places[i]))
			return places[i];
	/* it says that there is one, which begins right behind the picture */
	bool said = FIND(still, 0, "MotionPhoto") < end || FIND(still, 0, "MicroVideo") < end;
	return said && is_film(file, end) ? end : 0;
}

/* ---- its end ---------------------------------------------------------------------------- */

/*
 * Behind the picture: nothing, or notes of a telephone. What else cameras leave there is cut off, and
 * so is the moving part; another file is another file.
 */
static enum reason
at_end(const struct walk *w, struct copy *copy)
{
	struct bytes tail = after(w->file, w->at);

	if (is_padding(tail) || is_telephone_note(tail))
		return REASON_NONE;
	uint64_t film = find_film(w->file, w->at);
	if (film == 0 && holds_film(tail))
		return REASON_LIVE_PHOTO;
	struct bytes before = film > 0 ? part(tail, 0, film - w->at) : tail;
	if (foreign_in_note(before))
		return REASON_FOREIGN;
	return copy_bytes(copy, part(w->file, 0, w->at)) ? REASON_NONE : REASON_TAIL;
}

enum reason
inspect_jpg(struct bytes file, struct copy *copy)
{
	struct walk w = { .file = file };

	if (!HOLDS(file, 0, "\xff\xd8\xff"))
		return REASON_KIND;
	/* a box of MP4, or the beginning of a comment of JavaScript, where a length stands */
	if (HOLDS(file, 4, "ftyp") || HOLDS(file, 4, "/*"))
		return REASON_FOREIGN;
	enum reason reason = picture(&w);
	if (reason == REASON_NONE)
		reason = more_pictures(&w);
	if (reason == REASON_NONE && foreign_inside(part(file, 2, w.at - 2), FOREIGN_JPG))
		reason = REASON_FOREIGN;
	return reason == REASON_NONE ? at_end(&w, copy) : reason;
}
