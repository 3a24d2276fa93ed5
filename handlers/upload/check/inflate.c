#include "handlers/upload/check/inflate.h"

#define ROOM ((size_t)128 * 1024) /* zlib needs 48 KiB */

static _Alignas(16) unsigned char room[ROOM];
static size_t room_used;
static z_stream stream;
static bool ready, is_raw;

/* Memory for zlib from one place: one stream at a time, so nothing is ever given back. */
static void *
take(void *opaque, unsigned count, unsigned size)
{
	size_t need = ((size_t)count * size + 15) / 16 * 16;
	void *at = room + room_used;

	(void)opaque;
	if (need > ROOM - room_used)
		return NULL;
	room_used += need;
	return at;
}

static void
give(void *opaque, void *at)
{
	(void)opaque;
	(void)at;
}

void
inflate_begin(bool raw)
{
	room_used = 0;
	stream = (z_stream){ .zalloc = take, .zfree = give };
	is_raw = raw;
	ready = inflateInit2(&stream, raw ? -MAX_WBITS : MAX_WBITS) == Z_OK;
}

static void
keep(struct inflated *i, const unsigned char *bytes, size_t size)
{
	if (i->keep && i->size < i->keep_max) {
		size_t left = i->keep_max - (size_t)i->size;

		memcpy(i->keep + i->size, bytes, size < left ? size : left);
	}
	i->size += size;
}

void
inflated_add(struct inflated *i, const unsigned char *bytes, size_t size)
{
	i->crc = (uint32_t)crc32(i->crc, bytes, (unsigned)size);
	keep(i, bytes, size);
}

void
inflate_more(struct inflated *i, struct bytes piece, uint64_t max)
{
	static unsigned char out[65536];
	int e = ready && !i->whole ? Z_OK : Z_STREAM_END;
	size_t before = piece.size;

	stream.next_in = (unsigned char *)(uintptr_t)piece.at; /* zlib's type has no const */
	stream.avail_in = (unsigned)piece.size;
	while (e == Z_OK && i->size <= max) {
		stream.next_out = out;
		stream.avail_out = sizeof(out);
		e = inflate(&stream, Z_NO_FLUSH);
		if (is_raw)
			inflated_add(i, out, sizeof(out) - stream.avail_out);
		else
			keep(i, out, sizeof(out) - stream.avail_out);
		if (e == Z_STREAM_END)
			i->whole = true;
		if (stream.avail_in == 0 && stream.avail_out > 0)
			break;
	}
	i->used += before - stream.avail_in;
}

void
inflate_end(void)
{
	if (ready)
		inflateEnd(&stream);
	ready = false;
}
