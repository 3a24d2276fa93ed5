#include "handlers/upload/check/pdf_names.h"

#include <ctype.h>

#include "handlers/upload/check/foreign.h"

#define NAME_MAX_BYTES 32u

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

void
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

bool
pdf_is_number(struct bytes word)
{
	for (size_t i = 0; i < word.size; i++)
		if (!isdigit(word.at[i]))
			return false;
	return word.size > 0;
}

uint64_t
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
			w->reason = REASON_PDF_LAUNCH;
		else if (strcmp(name, "EmbeddedFiles") == 0 || strcmp(name, "EmbeddedFile") == 0 ||
			 strcmp(name, "RichMedia") == 0)
			w->reason = REASON_PDF_FILES;
	}
	w->packed = w->packed || strcmp(name, "ObjStm") == 0;
	w->picture = w->picture || strcmp(name, "DCTDecode") == 0 || strcmp(name, "DCT") == 0;
	if (strcmp(name, "Length") == 0) {
		size_t at = w->at;
		uint64_t length = pdf_number(digits(w->text, &at));

		w->length = digits(w->text, &at).size > 0 ? UINT64_MAX : length; /* "7 0 R" */
	}
}

struct bytes
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
