/* MP4: boxes tile the file and each other; a known brand; a picture that moves for a while. */
#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"

#define DEPTH_MAX 12
#define BOXES_MAX 200000u /* a recording in fragments has some thousands */
#define TRACKS_MAX 32
#define SECONDS_MAX (2 * 3600) /* far more than fits into 20 MB */

struct movie {
	unsigned boxes;
	bool ftyp, moov, mdat, video, fragments, stills;
	struct track {
		uint32_t id;
		uint64_t scale, ticks; /* per second; of its samples */
		uint32_t each;         /* ticks of a sample of a fragment that says nothing else */
	} tracks[TRACKS_MAX];
	size_t tracks_count;
	struct track *fragment; /* whose it is */
	uint32_t each;
};

static bool
is_one_of(struct bytes type, const char *list)
{
	for (; *list; list += 5)
		if (holds(type, 0, list, 4))
			return true;
	return false;
}

#define TOP                                                                                        \
	"ftyp moov mdat free skip wide uuid meta moof mfra sidx ssix styp udta pdin prft emsg "    \
	"pnot bloc sefd thum gps0 junk "
#define CONTAINERS "moov trak mdia minf stbl dinf edts mvex moof traf mfra tref udta gmhd ilst "
/* Where programs and telephones put a small picture of it. */
#define PICTURED "covr thmb thum snap PICT jpeg uuid CNTH CNDB NCTH NCVW NCDT PANA AMBA LEIC "
#define BRANDS                                                                                     \
	"isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 mp41 mp42 avc1 M4V  M4VH M4VP MSNV qt   "    \
	"3gp4 3gp5 3gp6 3gp7 3g2a 3g2b mmp4 dash msdh msix cmfc F4V  f4v  XAVC CAEP niko NDSC "    \
	"hvc1 hev1 avc3 av01 mp71 M4A  KDDI isml piff ccff LCAG pana SDV  J2P0 OPX2 VLC  "

static enum reason
brand(struct bytes box)
{
	if (box.size < 8 || box.size > 1024 || box.size % 4)
		return REASON_BROKEN;
	for (size_t at = 0; at < box.size; at += at == 0 ? 8 : 4)
		if (is_one_of(after(box, at), BRANDS))
			return REASON_NONE;
	return REASON_BRAND;
}

/* ---- how long it lasts: all samples of a track ---------------------------------------- */

static struct track *
last_track(struct movie *m)
{
	static struct track none;

	return m->tracks_count > 0 ? &m->tracks[m->tracks_count - 1] : &none;
}

static struct track *
track_by_id(struct movie *m, uint32_t id)
{
	for (size_t i = 0; i < m->tracks_count; i++)
		if (m->tracks[i].id == id)
			return &m->tracks[i];
	return NULL;
}

/* Runs of samples that last equally long. */
static void
sample_times(struct movie *m, struct bytes box)
{
	for (uint64_t i = 0, at = 8; i < be32(box, 4) && has(box, at, 8); i++, at += 8)
		last_track(m)->ticks += (uint64_t)be32(box, at) * be32(box, at + 4);
}

static void
fragment_header(struct movie *m, struct bytes box)
{
	uint32_t flags = be32(box, 0);
	uint64_t at = 8 + (flags & 1 ? 8u : 0u) + (flags & 2 ? 4u : 0u);

	m->fragment = track_by_id(m, be32(box, 4));
	m->each = flags & 8 ? be32(box, at) : m->fragment ? m->fragment->each : 0;
}

static void
fragment_run(struct movie *m, struct bytes box)
{
	uint32_t flags = be32(box, 0), count = be32(box, 4);
	uint64_t at = 8 + (flags & 1 ? 4u : 0u) + (flags & 4 ? 4u : 0u);
	uint64_t step = 0;

	for (uint32_t bit = 0x100; bit <= 0x800; bit <<= 1)
		step += flags & bit ? 4 : 0;
	if (!m->fragment)
		return;
	if (!(flags & 0x100))
		m->fragment->ticks += (uint64_t)count * m->each;
	for (uint32_t i = 0; (flags & 0x100) && i < count && has(box, at, step); i++, at += step)
		m->fragment->ticks += be32(box, at);
}

static void
times(struct movie *m, struct bytes type, struct bytes box)
{
	bool wide = u8(box, 0) == 1;

	if (HOLDS(type, 0, "tkhd") && m->tracks_count < TRACKS_MAX)
		m->tracks[m->tracks_count++] = (struct track){ .id = be32(box, wide ? 20 : 12) };
	else if (HOLDS(type, 0, "mdhd"))
		last_track(m)->scale = be32(box, wide ? 20 : 12);
	else if (HOLDS(type, 0, "stts"))
		sample_times(m, box);
	else if (HOLDS(type, 0, "trex") && track_by_id(m, be32(box, 4)))
		track_by_id(m, be32(box, 4))->each = be32(box, 12);
	else if (HOLDS(type, 0, "tfhd"))
		fragment_header(m, box);
	else if (HOLDS(type, 0, "trun"))
		fragment_run(m, box);
}

/* Of its longest track, rounded up. */
static uint64_t
seconds(const struct movie *m)
{
	uint64_t most = 0;

	for (size_t i = 0; i < m->tracks_count; i++) {
		const struct track *t = &m->tracks[i];
		uint64_t lasts = t->scale > 0 ? (t->ticks + t->scale - 1) / t->scale : 0;

		most = lasts > most ? lasts : most;
	}
	return most;
}

/* ---- boxes --------------------------------------------------------------------------- */

/* The first four letters of each way of coding a track has. */
static void
codings(struct movie *m, struct bytes box)
{
	struct bytes coding = part(box, 12, 4);

	m->stills = m->stills || is_one_of(coding, "mp4v jpeg mjpa mjpb png  ");
}

static enum reason
leaf(struct movie *m, struct bytes type, struct bytes box)
{
	unsigned allowed = 0;

	if (HOLDS(type, 0, "ftyp"))
		return brand(box);
	times(m, type, box);
	if (HOLDS(type, 0, "hdlr") && HOLDS(box, 8, "vide"))
		m->video = true;
	if (HOLDS(type, 0, "stsd"))
		codings(m, box);
	if (HOLDS(type, 0, "mdat"))
		return REASON_NONE; /* looked at when it is known what lies in it */
	if (is_one_of(type, PICTURED))
		allowed = FOREIGN_JPG | FOREIGN_PNG;
	if (is_one_of(type, "free skip wide uuid sefd gps0 junk "))
		return foreign_in_note_but(box, allowed) ? REASON_FOREIGN : REASON_NONE;
	return foreign_inside(box, allowed) ? REASON_FOREIGN : REASON_NONE;
}

/* Nothing but NUL: a file that was made larger than what was written into it. */
static bool
is_padding(struct bytes area)
{
	for (size_t i = 0; i < area.size; i++)
		if (area.at[i] != 0)
			return false;
	return true;
}

static enum reason tile(struct movie *m, struct bytes area, struct bytes parent, unsigned depth);

static enum reason
inner(struct movie *m, struct bytes type, struct bytes box, unsigned depth)
{
	/* meta has four bytes of version in MP4, none in QuickTime */
	if (depth == 0 && !is_one_of(type, TOP)) /* a maker's own: players pass over it */
		return foreign_in_note(box) ? REASON_FOREIGN : REASON_NONE;
	if (HOLDS(type, 0, "meta"))
		return tile(m, after(box, HOLDS(box, 4, "hdlr") ? 0 : 4), type, depth + 1);
	if (is_one_of(type, CONTAINERS))
		return tile(m, box, type, depth + 1);
	return leaf(m, type, box);
}

static bool
is_type(struct bytes type)
{
	for (size_t i = 0; i < 4; i++)
		if (u8(type, i) != 0xa9 && (u8(type, i) < 0x20 || u8(type, i) > 0x7e))
			return false;
	return true;
}

static enum reason
note_top(struct movie *m, struct bytes type, size_t at)
{
	if ((at == 0) != HOLDS(type, 0, "ftyp"))
		return at == 0 ? REASON_KIND : REASON_TAIL;
	m->moov = m->moov || HOLDS(type, 0, "moov");
	m->mdat = m->mdat || HOLDS(type, 0, "mdat");
	m->fragments = m->fragments || HOLDS(type, 0, "moof");
	return REASON_NONE;
}

/* The length of the box at `at`, its header's in *ret_head; 0 when it is none. */
static uint64_t
length_of(struct bytes area, size_t at, bool top, size_t *ret_head)
{
	uint64_t length = be32(area, at);

	*ret_head = 8;
	if (length == 1) {
		length = be64(area, at + 8);
		*ret_head = 16;
	}
	if (length == 0 && top && HOLDS(area, at + 4, "mdat"))
		length = area.size - at; /* to the end of the file */
	return has(area, at, 8) && length >= *ret_head && has(area, at, length) ? length : 0;
}

static enum reason
tile(struct movie *m, struct bytes area, struct bytes parent, unsigned depth)
{
	size_t at = 0, head;
	bool top = depth == 0;

	if (depth > DEPTH_MAX)
		return REASON_BROKEN;
	while (at < area.size) {
		uint64_t length = length_of(area, at, top, &head);
		struct bytes type = part(area, at + 4, 4);
		enum reason reason = REASON_NONE;

		if (top && at > 0 && is_padding(after(area, at)))
			return REASON_NONE;
		/* user data of QuickTime and of cameras ends with a 0, or is no boxes at all */
		if (!top && (length == 0 || !is_type(type)) && is_one_of(parent, "udta meta ilst "))
			return foreign_inside(after(area, at), 0) ? REASON_FOREIGN : REASON_NONE;
		if (length == 0 || !is_type(type) || ++m->boxes > BOXES_MAX)
			return top && at > 0 && !is_one_of(type, TOP) ? REASON_TAIL : REASON_BROKEN;
		if (top)
			reason = note_top(m, type, at);
		if (reason == REASON_NONE)
			reason = inner(m, type, part(area, at + head, length - head), depth);
		if (reason != REASON_NONE)
			return reason;
		at += (size_t)length;
	}
	return REASON_NONE;
}

/* What is in mdat belongs to tracks; pictures are only there when a track is made of them. */
static enum reason
samples(const struct movie *m, struct bytes file)
{
	unsigned allowed = m->stills ? FOREIGN_JPG | FOREIGN_PNG : 0;
	size_t head;

	for (size_t at = 0; at < file.size;) {
		uint64_t length = length_of(file, at, true, &head);

		if (length == 0)
			return is_padding(after(file, at)) ? REASON_NONE : REASON_BROKEN;
		if (HOLDS(file, at + 4, "mdat") &&
		    foreign_inside(part(file, at + head, length - head), allowed))
			return REASON_FOREIGN;
		at += (size_t)length;
	}
	return REASON_NONE;
}

enum reason
inspect_mp4(struct bytes file, struct copy *copy)
{
	struct movie m = { 0 };

	(void)copy;
	if (!HOLDS(file, 4, "ftyp"))
		return REASON_KIND;
	enum reason reason = tile(&m, file, file, 0);
	if (reason == REASON_TAIL && foreign_inside(after(file, 8), FOREIGN_JPG | FOREIGN_PNG))
		reason = REASON_FOREIGN;
	if (reason == REASON_NONE)
		reason = samples(&m, file);
	if (reason != REASON_NONE)
		return reason;
	if (!m.moov || (!m.mdat && !m.fragments))
		return REASON_BROKEN;
	if (!m.video)
		return REASON_NO_VIDEO;
	return seconds(&m) == 0 || seconds(&m) > SECONDS_MAX ? REASON_DURATION : REASON_NONE;
}
