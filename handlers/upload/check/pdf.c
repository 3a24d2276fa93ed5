/*
 * PDF: from its header to its last %%EOF nothing but objects, tables and trailers, and libqpdf has to
 * find its way through it (pdf_objects.h). What every reader forgives is mended in the copy.
 */
#include <ctype.h>
#include <stdio.h>

#include "fcgi/base/array.h"
#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"
#include "handlers/upload/check/pdf_objects.h"

#define JUNK_MAX 16u   /* bytes between objects that are none: some programs leave a word or two */
#define TAIL_MAX 1024u /* bytes of white space behind %%EOF: readers look for it no further */
#define HEAD_MAX 1024u /* bytes in which readers look for the header */
#define MESSAGE_END_MAX 256u
#define NEAR 1024u
#define TABLE_HEAD_MAX 1024u /* bytes of the head of an object that is a table */
#define NAME_MAX_BYTES 32u

/* ---- words, and the names among them that matter ------------------------------ */

struct pdf_words {
	struct bytes text;
	size_t at;
	enum reason reason; /* the first against a name that stood there */
	bool picture;       /* a name said that the stream is a JPEG */
	bool note;          /* a comment held something foreign */
	uint64_t length;    /* the last /Length that was a number, UINT64_MAX for none */
};

/* Is it that keyword? */
static inline bool
pdf_is(struct bytes word, const char *keyword, size_t size)
{
	return word.size == size && holds(word, 0, keyword, size);
}
#define PDF_IS(word, literal) pdf_is((word), (literal), sizeof(literal) - 1)

static bool
is_space(unsigned c)
{
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static bool
is_delimiter(unsigned c)
{
	return c != 0 && strchr("()<>[]{}/%", (int)c);
}

/* Past white space and comments; a comment with something foreign in it sets note. */
static void
pdf_skip(struct pdf_words *w)
{
	while (w->at < w->text.size) {
		unsigned c = w->text.at[w->at];

		if (HOLDS(w->text, w->at, "%%EOF")) {
			w->at += 5; /* an update may begin right behind it, without a new line */
		} else if (c == '%') {
			size_t start = ++w->at;
			while (w->at < w->text.size && u8(w->text, w->at) != '\n' &&
			       u8(w->text, w->at) != '\r')
				w->at++;
			if (foreign_in_note(part(w->text, start, w->at - start)))
				w->note = true;
		} else if (is_space(c)) {
			w->at++;
		} else {
			return;
		}
	}
}

/* ( ... ), with pairs of the same inside */
static void
skip_string(struct pdf_words *w)
{
	unsigned depth = 0;

	for (; w->at < w->text.size; w->at++) {
		unsigned c = w->text.at[w->at];

		if (c == '\\')
			w->at++;
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			break;
	}
	w->at += w->at < w->text.size;
	if (w->at > w->text.size)
		w->at = w->text.size;
}

static int
hex(unsigned c)
{
	return isdigit((int)c)    ? (int)c - '0'
	       : isxdigit((int)c) ? (tolower((int)c) - 'a' + 10)
				  : -1;
}

static bool
pdf_is_number(struct bytes word)
{
	for (size_t i = 0; i < word.size; i++)
		if (!isdigit(word.at[i]))
			return false;
	return word.size > 0;
}

static uint64_t
pdf_number(struct bytes word)
{
	uint64_t n = 0;

	if (!pdf_is_number(word) || word.size > 12)
		return UINT64_MAX;
	for (size_t i = 0; i < word.size; i++)
		n = n * 10 + (uint64_t)(word.at[i] - '0');
	return n;
}

/* Behind white space, a run of digits; *at moves behind it. */
static struct bytes
digits(struct bytes text, size_t *at)
{
	while (*at < text.size && is_space(text.at[*at]))
		++*at;
	size_t start = *at;
	while (*at < text.size && isdigit(text.at[*at]))
		++*at;
	return part(text, start, *at - start);
}

/* A name without its slash, "#4a" read as "J". */
static void
judge_name(struct pdf_words *w, struct bytes word)
{
	char name[NAME_MAX_BYTES + 1] = "";
	size_t len = 0;

	for (size_t i = 1; i < word.size && len < NAME_MAX_BYTES; i++) {
		int high = hex(u8(word, i + 1)), low = hex(u8(word, i + 2));

		if (u8(word, i) == '#' && high >= 0 && low >= 0) {
			name[len++] = (char)(high * 16 + low);
			i += 2;
		} else {
			name[len++] = (char)u8(word, i);
		}
	}
	if (w->reason == REASON_NONE) {
		if (strcmp(name, "JavaScript") == 0)
			w->reason = REASON_PDF_SCRIPT;
		else if (strcmp(name, "Launch") == 0)
			w->reason = REASON_PDF_ACTION;
		else if (strcmp(name, "EmbeddedFiles") == 0 || strcmp(name, "EmbeddedFile") == 0 ||
			 strcmp(name, "RichMedia") == 0)
			w->reason = REASON_PDF_FILES;
	}
	w->picture = w->picture || strcmp(name, "DCTDecode") == 0 || strcmp(name, "DCT") == 0;
	if (strcmp(name, "Length") == 0) {
		size_t at = w->at;
		uint64_t length = pdf_number(digits(w->text, &at));

		w->length = digits(w->text, &at).size > 0 ? UINT64_MAX : length; /* "7 0 R" */
	}
}

/* The next word: what it is made of, empty at the end. Strings and comments are skipped. */
static struct bytes
pdf_next(struct pdf_words *w)
{
	pdf_skip(w);
	while (u8(w->text, w->at) == '(') {
		skip_string(w);
		pdf_skip(w);
	}
	size_t start = w->at;
	unsigned c = u8(w->text, start);
	if (start >= w->text.size)
		return part(w->text, start, 0);
	w->at++;
	if (c == '/' || !is_delimiter(c))
		while (w->at < w->text.size && !is_space(w->text.at[w->at]) &&
		       !is_delimiter(w->text.at[w->at]))
			w->at++;
	struct bytes word = part(w->text, start, w->at - start);
	if (c == '/')
		judge_name(w, word);
	return word;
}

/* ---- the bytes ---------------------------------------------------------------- */

/* The content of a stream, from behind its keyword, and past its end. false: it has none. */
static bool
stream(struct pdf_words *w, struct bytes *ret)
{
	struct bytes text = w->text;
	size_t start = w->at, end;

	start += u8(text, start) == '\r' && u8(text, start + 1) == '\n' ? 2 : 1;
	if (w->length <= text.size && has(text, start, w->length)) {
		struct pdf_words behind = { .text = text, .at = start + (size_t)w->length };
		struct bytes word = pdf_next(&behind);

		if (PDF_IS(word, "endstream") &&
		    behind.at - start - w->length <= 16 + sizeof("endstream")) {
			*ret = part(text, start, w->length);
			w->at = behind.at;
			return true;
		}
	}
	end = FIND(text, start, "endstream");
	*ret = part(text, start, end - start);
	w->at = end + sizeof("endstream") - 1;
	return end < text.size;
}

/* From behind "obj" to behind "endobj". */
static enum reason
object(struct pdf_words *w)
{
	struct bytes word, content;
	size_t start = w->at;

	w->length = UINT64_MAX;
	w->picture = false;
	for (size_t before = w->at; (word = pdf_next(w)).size > 0; before = w->at) {
		bool end = PDF_IS(word, "endobj");

		if (PDF_IS(word, "xref")) { /* some programs forget the end of the last one */
			w->at = before;
			return REASON_NONE;
		}
		if (!end && !PDF_IS(word, "stream"))
			continue;
		if (foreign_inside(part(w->text, start, w->at - start), ~(unsigned)FOREIGN_JPG))
			return REASON_FOREIGN;
		if (end)
			return REASON_NONE;
		if (!stream(w, &content))
			return REASON_BROKEN;
		if (!w->picture && foreign_inside(content, ~(unsigned)FOREIGN_JPG))
			return REASON_FOREIGN;
		start = w->at;
	}
	return REASON_BROKEN;
}

static bool
is_table_word(struct bytes word)
{
	return pdf_is_number(word) || PDF_IS(word, "n") || PDF_IS(word, "f") ||
	       PDF_IS(word, "xref") || PDF_IS(word, "startxref") || PDF_IS(word, "endobj");
}

/* << ... >>: its names are judged, and that is all there is to it. */
static void
dictionary(struct pdf_words *w)
{
	int depth = 0;

	for (struct bytes word; (word = pdf_next(w)).size > 0;) {
		depth += u8(word, 0) == '<' ? 1 : u8(word, 0) == '>' ? -1 : 0;
		if (depth <= 0)
			return;
	}
}

static enum reason
top_level(struct pdf_words *w)
{
	size_t junk = 0, gap = w->at;

	for (;;) {
		pdf_skip(w);
		size_t before = w->at;
		struct bytes word = pdf_next(w);
		if (word.size == 0)
			junk += w->at - before; /* a string without an end */
		if ((word.size == 0 || PDF_IS(word, "obj")) &&
		    foreign_inside(part(w->text, gap, w->at - gap), FOREIGN_PDF))
			return REASON_FOREIGN;
		if (word.size == 0)
			return w->note || junk > JUNK_MAX ? REASON_FOREIGN : w->reason;
		enum reason reason = REASON_NONE;
		if (PDF_IS(word, "obj")) {
			reason = object(w);
			gap = w->at;
		} else if (PDF_IS(word, "trailer")) {
			dictionary(w);
		} else if (!is_table_word(word)) {
			junk += w->at - before; /* with a string in front of it */
		}
		if (reason != REASON_NONE)
			return w->note ? REASON_FOREIGN : reason;
	}
}

/* ---- blemishes that every reader forgives ------------------------------------------ */

static bool
is_mark_of_order(struct bytes b, size_t at)
{
	return HOLDS(b, at, "\xef\xbb\xbf");
}

/* Letters, digits and what stands between them on a line of a header: "Content-Length: 77". */
static bool
is_plain_line(struct bytes area)
{
	for (size_t i = 0; i < area.size; i++)
		if (area.at[i] < ' ' || area.at[i] > '~')
			if (!is_space(area.at[i]) && area.at[i] != 0x1b)
				return false;
	return true;
}

/*
 * What may stand before the header: nothing that shows, or the head of the message in which it was
 * sent to a browser or to a printer.
 */
static bool
lead_is_harmless(struct bytes lead)
{
	size_t at = is_mark_of_order(lead, 0) ? 3 : 0;
	struct bytes rest = after(lead, at);

	if (is_blank(rest))
		return true;
	return (HOLDS(rest, 0, "HTTP/") || HOLDS(rest, 0, "\x1b%-12345X") ||
		   HOLDS(rest, 0, "@PJL") || HOLDS(rest, 0, "Content-")) &&
	       is_plain_line(rest) && !foreign_in_note(rest);
}

/* What may stand behind the end: nothing that shows, Ctrl-Z, the end of such a message. */
static bool
tail_is_harmless(struct bytes tail)
{
	size_t at = 0;

	while (at < tail.size && (is_space(tail.at[at]) || tail.at[at] == 0x1a))
		at++;
	struct bytes rest = after(tail, at);
	if (rest.size == 0)
		return true;
	return rest.size <= MESSAGE_END_MAX &&
	       (HOLDS(rest, 0, "--") || HOLDS(rest, 0, "\x1b%-12345X")) && is_plain_line(rest) &&
	       !foreign_in_note(rest);
}

/* Behind the last %%EOF; 0 when there is none. */
static size_t
end_of(struct bytes file)
{
	size_t end = file.size;

	while (end > 0 && !(u8(file, end - 1) == 'F' && HOLDS(file, end - 5, "%%EOF")))
		end--;
	return end;
}

/* Does it break off where %%EOF ought to stand, after everything else? */
static bool
lacks_only_its_end(struct bytes file)
{
	size_t at = file.size;

	while (at > 0 && (is_space(file.at[at - 1]) || file.at[at - 1] == '%' ||
			     file.at[at - 1] == 'E' || file.at[at - 1] == 'O'))
		at--;
	while (at > 0 && isdigit(file.at[at - 1]))
		at--;
	while (at > 0 && is_space(file.at[at - 1]))
		at--;
	return at >= 9 && HOLDS(file, at - 9, "startxref");
}

/* Every byte of it belongs to something, and libqpdf reads it. */
static enum reason
strict(struct bytes file)
{
	struct pdf_words w = { .text = file, .at = sizeof("%PDF-1.7") - 1 };

	if (!HOLDS(file, 0, "%PDF-") || u8(file, 6) != '.')
		return REASON_KIND;
	enum reason reason = top_level(&w);
	return reason == REASON_NONE ? pdf_objects(file) : reason;
}

/* The document without what stands around it; one without its end is looked at to where it breaks off. */
static enum reason
cut_out(struct bytes file, struct bytes *ret)
{
	size_t start = FIND(file, 0, "%PDF-"), end = end_of(file);
	struct bytes tail = after(file, end);

	if (start >= HEAD_MAX)
		return REASON_KIND;
	if (!lead_is_harmless(part(file, 0, start)))
		return REASON_FOREIGN;
	if (FIND(tail, 0, "startxref") < tail.size && lacks_only_its_end(file))
		end = file.size; /* of its last update, or of all */
	else if (end == 0)
		return REASON_BROKEN;
	else if (!tail_is_harmless(tail))
		return foreign_in_note(tail) ? REASON_FOREIGN : REASON_TAIL;
	*ret = part(file, start, end - start);
	return REASON_NONE;
}

/* ---- mending -------------------------------------------------------------------------- */

/* Where a table begins: its keyword, or the object that is one. */
static bool
is_table(struct bytes text, size_t at)
{
	if (HOLDS(text, at, "xref"))
		return at > 0 && is_space(text.at[at - 1]);
	if (!isdigit(text.at[at]) || (at > 0 && !is_space(text.at[at - 1])))
		return false;
	struct bytes head = part(text, at, TABLE_HEAD_MAX);
	size_t object = 0;
	if (digits(head, &object).size == 0 || digits(head, &object).size == 0)
		return false;
	while (is_space(u8(head, object)) && object < head.size)
		object++;
	if (!HOLDS(head, object, "obj"))
		return false;
	head = part(head, 0, FIND(head, 0, "stream"));
	return FIND(head, object, "/XRef") < head.size;
}

/*
 * The table that lies nearest to where the document says that it is; when there is none near, its last
 * one. text.size when it has none.
 */
static size_t
find_table(struct bytes text, uint64_t said)
{
	size_t nearest = text.size, last = text.size;
	uint64_t least = NEAR;

	for (size_t at = 0; at < text.size; at++) {
		if ((text.at[at] != 'x' && !isdigit(text.at[at])) || !is_table(text, at))
			continue;
		uint64_t away = at > said ? at - said : said - at;
		if (away < least) {
			least = away;
			nearest = at;
		}
		last = at;
	}
	return nearest < text.size ? nearest : last;
}

/*
 * The document with the end it ought to have, in the copy. more: bytes that stood before it and were
 * counted, as if they were part of it.
 */
static bool
patch(struct bytes document, size_t more, struct copy *copy)
{
	static const size_t head = sizeof("%PDF-1.7") - 1;
	size_t end = document.size, room;
	char text[64];

	while (end > 0 && !HOLDS(document, end, "startxref"))
		end--;
	size_t number = end + sizeof("startxref") - 1;
	size_t table = find_table(document, pdf_number(digits(document, &number)));
	int size = snprintf(text, sizeof(text), "startxref\n%zu\n%%%%EOF\n", table + more);
	room = end + more + (size_t)size;
	if (table >= end || end < head || room > copy->max)
		return false;
	memcpy(copy->room, document.at, head);
	memset(copy->room + head, '\n', more);
	memcpy(copy->room + head + more, document.at + head, end - head);
	memcpy(copy->room + end + more, text, (size_t)size);
	copy->size = room;
	return true;
}

/*
 * Every byte of the original was explained; now the same is asked of the copy. The least is changed that
 * makes it sound.
 */
static enum reason
mend(struct bytes file, struct bytes document, struct copy *copy)
{
	struct pdf_words w = { .text = document, .at = sizeof("%PDF-1.7") - 1 };
	const size_t before[] = { 0, (size_t)(document.at - file.at) };
	enum reason reason = top_level(&w);

	for (size_t i = 0; reason == REASON_NONE && i < COUNT(before); i++)
		if (patch(document, before[i], copy)) {
			enum reason now = strict((struct bytes){ copy->room, copy->size });

			if (now != REASON_BROKEN && now != REASON_PDF_EMPTY)
				return now;
		}
	if (reason != REASON_NONE)
		return reason;
	if (!pdf_repair(document, copy))
		return REASON_BROKEN;
	return strict((struct bytes){ copy->room, copy->size });
}

enum reason
inspect_pdf(struct bytes file, struct copy *copy)
{
	struct bytes document;
	enum reason reason = cut_out(file, &document);

	if (reason != REASON_NONE)
		return reason;
	if (foreign_inside(after(document, 5), FOREIGN_PDF | FOREIGN_JPG | FOREIGN_POSTSCRIPT))
		return REASON_FOREIGN;
	size_t tail = file.size - document.size;
	reason = end_of(document) == document.size ? strict(document) : REASON_BROKEN;
	if (reason == REASON_BROKEN || reason == REASON_PDF_EMPTY) {
		enum reason now = mend(file, document, copy);

		return now == REASON_BROKEN ? reason : now;
	}
	if (reason != REASON_NONE || tail == 0)
		return reason;
	if (document.at == file.at && tail <= TAIL_MAX && is_blank(after(file, document.size)))
		return REASON_NONE;
	return copy_bytes(copy, document) ? REASON_NONE : REASON_BROKEN;
}
