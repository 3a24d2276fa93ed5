/* JPEG: segments from SOI to EOI, and the end of the file with it. */
#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"
#include "handlers/upload/check/jpg_more.h"

#define PIXELS_MAX 100000000u /* twice what telephones take */

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

	while (w->more && jpg_next_picture(w->file, w->more, w->at, &next)) {
		struct walk other = { .file = next };

		if (!jpg_is_padding(part(w->file, w->at, (size_t)(next.at - w->file.at) - w->at)))
			return REASON_TAIL;
		enum reason reason = picture(&other);
		if (reason != REASON_NONE)
			return reason;
		if (!jpg_is_padding(after(next, other.at)))
			return REASON_TAIL;
		w->at = (size_t)(next.at - w->file.at) + next.size;
	}
	return REASON_NONE;
}

static enum reason
at_end(const struct walk *w)
{
	struct bytes tail = after(w->file, w->at);

	if (jpg_is_padding(tail) || jpg_is_telephone_note(tail))
		return REASON_NONE;
	return foreign_in_note(tail) ? REASON_FOREIGN : REASON_TAIL;
}

enum reason
inspect_jpg(struct bytes file)
{
	struct walk w = { .file = file };

	if (!HOLDS(file, 0, "\xff\xd8\xff"))
		return REASON_KIND;
	/* a box of MP4, or the beginning of a comment of JavaScript, where a length stands */
	if (HOLDS(file, 4, "ftyp") || HOLDS(file, 4, "/*") ||
	    foreign_inside(after(file, 2), FOREIGN_JPG))
		return REASON_FOREIGN;
	enum reason reason = picture(&w);
	if (reason == REASON_NONE)
		reason = more_pictures(&w);
	return reason == REASON_NONE ? at_end(&w) : reason;
}
