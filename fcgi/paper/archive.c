/*
 * Not libqpdf: it writes a file anew in its own way, and whoever checks a
 * document found cairo's objects, the table and the trailer in this one; it
 * would also take each document apart a second time.
 */
#include "fcgi/paper/archive.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm.h"

#define OBJECTS_MAX 4096
#define TAIL_SIZE 64  /* holds "startxref" to the end */
#define ENTRY_SIZE 20 /* of the cross-reference table */
#define HEAD_SIZE 256 /* of an object that is looked at */

/* sRGB, IEC 61966-2-1: which black a document's black is, whatever prints it. */
__asm__(".section .rodata\n"
	"srgb_icc:\n"
	".incbin \"" SRGB "\"\n"
	"srgb_icc_end:\n"
	".previous\n");
extern const unsigned char srgb_icc[] __asm__("srgb_icc");
extern const unsigned char srgb_icc_end[] __asm__("srgb_icc_end");

/* Where each object of the file begins; 0: there is none of this number. */
struct archive {
	struct drawn out;
	const unsigned char *from;
	size_t table; /* where cairo's cross-reference table begins, and the objects end */
	unsigned count, root, info;
	size_t offsets[OBJECTS_MAX];
};

static void
put(struct archive *a, const void *bytes, size_t size)
{
	drawn_append(&a->out, bytes, (unsigned)size);
}

static void
put_text(struct archive *a, const char *text)
{
	put(a, text, strlen(text));
}

/* The number behind the last `name` of the text. Cairo wrote it, or all of this is wrong. */
static unsigned
number_behind(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	if (!at)
		drawn_give_up("pdf trailer", CAIRO_STATUS_WRITE_ERROR);
	return (unsigned)strtoul(at + strlen(name), NULL, 10);
}

/* ---- what cairo wrote ---- */

static void
read_table(struct archive *a, const struct drawn *drawn)
{
	size_t tail = drawn->size < TAIL_SIZE ? drawn->size : TAIL_SIZE;
	char *end =
	    arena_strndup(drawn->arena, (const char *)drawn->bytes + drawn->size - tail, tail);

	a->from = drawn->bytes;
	a->table = number_behind(end, "startxref\n");
	char *text = arena_strndup(drawn->arena, (const char *)drawn->bytes + a->table,
	    drawn->size - a->table);
	a->count = number_behind(text, "xref\n0 ");
	a->root = number_behind(text, "/Root ");
	a->info = number_behind(text, "/Info ");
	if (a->count + 2 > OBJECTS_MAX)
		drawn_give_up("pdf objects", CAIRO_STATUS_WRITE_ERROR);
	const char *entry = strchr(text + strlen("xref\n"), '\n') + 1;
	for (unsigned id = 0; id < a->count; id++, entry += ENTRY_SIZE)
		a->offsets[id] = entry[17] == 'n' ? strtoul(entry, NULL, 10) : 0;
}

/* ---- what is added ---- */

static const char *
escaped(struct arena *arena, const char *text)
{
	const char *out = "";

	for (size_t plain; *text; text += plain) {
		plain = strcspn(text, "&<>");
		out = arena_printf(arena, "%s%.*s", out, (int)plain, text);
		if (text[plain])
			out = arena_printf(arena, "%s&#%d;", out, text[plain++]);
	}
	return out;
}

/* The same title, date and maker as cairo writes into the older place for these. */
static const char *
metadata(struct arena *arena, const char *title, const char *date)
{
	return arena_printf(arena,
	    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "<rdf:Description rdf:about=\"\"\n"
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
	    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
	    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
	    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
	    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>\n"
	    "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
	    "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>\n"
	    "<pdf:Producer>cairo %s (https://cairographics.org)</pdf:Producer>\n"
	    "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>\n"
	    "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>",
	    escaped(arena, title), cairo_version_string(), date, date);
}

static void
put_stream(struct archive *a, unsigned id, const char *entries, const void *bytes, size_t size)
{
	a->offsets[id] = a->out.size;
	put_text(a, arena_printf(a->out.arena, "%u 0 obj\n<< %s /Length %zu >>\nstream\n", id,
			entries, size));
	put(a, bytes, size);
	put_text(a, "\nendstream\nendobj\n");
}

static void
put_profile(struct archive *a, unsigned id)
{
	uLong size = (uLong)(srgb_icc_end - srgb_icc), packed = compressBound(size);
	unsigned char *bytes = arena_alloc(a->out.arena, packed);

	if (compress2(bytes, &packed, srgb_icc, size, Z_BEST_COMPRESSION) != Z_OK)
		drawn_give_up("pdf profile", CAIRO_STATUS_NO_MEMORY);
	put_stream(a, id, "/N 3 /Alternate /DeviceRGB /Filter /FlateDecode", bytes, packed);
}

/* Entries this dictionary lacks; NULL: none. */
static const char *
lacking(const struct archive *a, unsigned id, const char *head)
{
	if (id == a->root)
		return arena_printf(a->out.arena,
		    " /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >>\n"
		    "   /Metadata %u 0 R\n"
		    "   /OutputIntents [ << /Type /OutputIntent /S /GTS_PDFA1\n"
		    "      /OutputConditionIdentifier (sRGB) /Info (sRGB IEC 61966-2-1)\n"
		    "      /DestOutputProfile %u 0 R >> ]\n  ",
		    a->count, a->count + 1);
	if (strstr(head, "/Subtype /CIDFontType2") && !strstr(head, "/CIDToGIDMap"))
		return " /CIDToGIDMap /Identity\n  ";
	return NULL;
}

/* Cairo 1.16 forgets the "D:" that every date begins with. */
static void
put_dated(struct archive *a, const char *text)
{
	static const char date[] = "Date (";
	const char *at;

	while ((at = strstr(text, date))) {
		at += sizeof(date) - 1;
		put(a, text, (size_t)(at - text));
		if (*at != 'D')
			put_text(a, "D:");
		text = at;
	}
	put_text(a, text);
}

/* Object id, which ends where the next one begins. */
static void
copy(struct archive *a, unsigned id, size_t begin, size_t end)
{
	const char *from = (const char *)a->from + begin;
	size_t look = end - begin < HEAD_SIZE ? end - begin : HEAD_SIZE;
	char *head = arena_strndup(a->out.arena, from, look);
	const char *stream = strstr(head, ">>\nstream"), *open = strstr(head, "<<");
	const char *more = !stream && open ? lacking(a, id, head) : NULL;
	size_t before = more ? (size_t)(open + 2 - head) : 0;

	a->offsets[id] = a->out.size;
	if (id == a->info) {
		put_dated(a, arena_strndup(a->out.arena, from, end - begin));
		return;
	}
	put(a, from, before);
	if (more)
		put_text(a, more);
	put(a, from + before, end - begin - before);
}

static void
copy_all(struct archive *a)
{
	size_t begins[OBJECTS_MAX];
	size_t first = a->table;

	memcpy(begins, a->offsets, a->count * sizeof(begins[0]));
	for (unsigned id = 0; id < a->count; id++)
		if (begins[id] && begins[id] < first)
			first = begins[id];
	put(a, a->from, first); /* the version, and that bytes follow */
	for (unsigned id = 0; id < a->count; id++) {
		size_t end = a->table;

		for (unsigned other = 0; other < a->count; other++)
			if (begins[other] > begins[id] && begins[other] < end)
				end = begins[other];
		if (begins[id])
			copy(a, id, begins[id], end);
	}
}

static void
put_trailer(struct archive *a, unsigned count)
{
	unsigned char digest[SM3_SIZE];
	size_t table = a->out.size;

	sm3(a->out.bytes, a->out.size, digest);
	const char *identity = bytes_hex(a->out.arena, digest, sizeof(digest) / 2);
	put_text(a, arena_printf(a->out.arena, "xref\n0 %u\n", count));
	for (unsigned id = 0; id < count; id++)
		put_text(a, arena_printf(a->out.arena, "%010zu %05d %c \n", a->offsets[id],
				a->offsets[id] ? 0 : 65535, a->offsets[id] ? 'n' : 'f'));
	put_text(a, arena_printf(a->out.arena,
			"trailer\n<< /Size %u /Root %u 0 R /Info %u 0 R\n   /ID [ <%s> <%s> ]\n>>\n"
			"startxref\n%zu\n%%%%EOF\n",
			count, a->root, a->info, identity, identity, table));
}

void
pdf_archive(struct drawn *drawn, const char *title, const char *date)
{
	struct archive *a = ARENA_NEW(drawn->arena, struct archive);
	const char *about = metadata(drawn->arena, title, date);

	a->out.arena = drawn->arena;
	read_table(a, drawn);
	copy_all(a);
	put_stream(a, a->count, "/Type /Metadata /Subtype /XML", about, strlen(about));
	put_profile(a, a->count + 1);
	put_trailer(a, a->count + 2);
	*drawn = a->out;
}
