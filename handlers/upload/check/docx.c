/* Word 2007 and later: a ZIP of parts, none of which fetches, runs or hides anything. */
#include <ctype.h>
#include <strings.h>

#include "fcgi/base/array.h"
#include "handlers/upload/check/check.h"
#include "handlers/upload/check/doc.h"
#include "handlers/upload/check/zip.h"

#define NARROW_MAX ((size_t)4 << 20)
#define ELEMENT_MAX 8192u /* bytes of a relationship */

static bool
contains(struct bytes content, const char *text)
{
	return find(content, 0, text, strlen(text)) < content.size;
}

/*
 * An attribute of a relationship, from behind its quotation mark; its size is 0 when there is none.
 */
static struct bytes
attribute(struct bytes element, const char *name)
{
	size_t len = strlen(name);

	for (size_t at = 0; (at = find(element, at, name, len)) < element.size; at += len) {
		size_t from = at + len;

		while (isspace(u8(element, from)))
			from++;
		if (u8(element, from) != '=' || at == 0 || !isspace(u8(element, at - 1)))
			continue;
		do
			from++;
		while (isspace(u8(element, from)));
		unsigned quote = u8(element, from);
		const char end[] = { (char)quote, '\0' };
		if (quote != '"' && quote != '\'')
			continue;
		return part(element, from + 1, find(element, from + 1, end, 1) - from - 1);
	}
	return (struct bytes){ 0 };
}

/* On another machine: an address, not a file beside it or on this disk. */
static bool
is_remote(struct bytes target)
{
	static const char local[] = "file:///";

	if (has(target, 0, sizeof(local)) &&
	    strncasecmp((const char *)target.at, local, sizeof(local) - 1) == 0)
		return u8(target, 8) == '\\' || u8(target, 8) == '/';
	if (HOLDS(target, 0, "\\\\") || HOLDS(target, 0, "//"))
		return true;
	/* a scheme, longer than the letter of a drive */
	return FIND(target, 0, ":") > 1 && FIND(target, 0, ":") < target.size;
}

/* Templates, objects, frames, documents that Word fetches by itself; links and pictures are fine. */
static enum reason
judge_relations(struct bytes content)
{
	static const char *const fetched[] = { "/attachedTemplate", "/oleObject", "/frame",
		"/subDocument", "/aFChunk", "/package" };

	for (size_t at = 0; (at = FIND(content, at, "<Relationship")) < content.size; at++) {
		struct bytes element = part(content, at, ELEMENT_MAX);
		element = part(element, 0, FIND(element, 0, ">"));
		struct bytes type = attribute(element, "Type");

		if (zip_name_ends(type, "/aFChunk"))
			return REASON_DOC_CHUNK;
		if (!zip_name_is(attribute(element, "TargetMode"), "External"))
			continue;
		for (size_t i = 0; i < COUNT(fetched); i++)
			if (zip_name_ends(type, fetched[i]) &&
			    is_remote(attribute(element, "Target")))
				return REASON_DOC_REMOTE;
	}
	return REASON_NONE;
}

/* Does a field begin with the word? Its text may be cut into many runs. */
static bool
fields_say(struct bytes content, const char *word)
{
	size_t len = strlen(word), held = 0;
	bool inside = false, begins = false;

	for (size_t at = 0; at < content.size; at++) {
		unsigned c = content.at[at];

		if (c == '<') {
			if (HOLDS(content, at, "<w:instrText"))
				inside = true;
			else if (HOLDS(content, at, "</w:instrText"))
				inside = false;
			else if (HOLDS(content, at, "<w:fldChar"))
				held = 0, begins = true;
			at = FIND(content, at, ">");
			continue;
		}
		if (!inside || !begins || isspace((int)c))
			continue;
		begins = toupper((int)c) == word[held];
		if (begins && ++held == len)
			return true;
	}
	return false;
}

/* Text of two bytes a character, as of one: what is looked for has no others. */
static struct bytes
narrowed(struct bytes content)
{
	static unsigned char room[NARROW_MAX];
	bool low = HOLDS(content, 0, "\xff\xfe") || HOLDS(content, 0, "<\0");
	size_t size = 0;

	if (!low && !HOLDS(content, 0, "\xfe\xff") && !HOLDS(content, 0, "\0<"))
		return content;
	for (size_t at = low ? 0 : 1; at < content.size && size < NARROW_MAX; at += 2)
		room[size++] = content.at[at];
	return (struct bytes){ room, size };
}

static enum reason
judge_text(struct bytes content)
{
	if (contains(content, "<!DOCTYPE") || contains(content, "<!ENTITY"))
		return REASON_DOC_ENTITY;
	if (contains(content, "<w:altChunk"))
		return REASON_DOC_CHUNK;
	for (size_t at = 0; (at = FIND(content, at, "w:instr=\"")) < content.size; at++) {
		size_t from = at + 9;

		while (isspace(u8(content, from)))
			from++;
		if (HOLDS(content, from, "DDE"))
			return REASON_DOC_DDE;
	}
	return fields_say(content, "DDE") ? REASON_DOC_DDE : REASON_NONE;
}

static enum reason
is_part(void *context, struct bytes name, struct bytes content)
{
	(void)context;
	if (zip_name_ends(name, "vbaProject.bin") || zip_name_ends(name, "vbaData.xml"))
		return REASON_MACRO;
	if (zip_name_is(name, "[Content_Types].xml") &&
	    (contains(content, "macroEnabled") || contains(content, "vbaProject")))
		return REASON_MACRO;
	if (zip_name_ends(name, ".rels"))
		return judge_relations(narrowed(content));
	if (zip_name_ends(name, ".xml"))
		return judge_text(narrowed(content));
	return ole_begins(content) ? ole_judge_object(content) : REASON_NONE;
}

enum reason
inspect_docx(struct bytes file, struct copy *copy)
{
	struct totals totals = { .zip = zip_inside };

	(void)copy;
	if (!HOLDS(file, 0, "PK\x03\x04"))
		return REASON_KIND;
	enum reason reason = zip_judge_package(file, true);
	return reason == REASON_NONE ? zip_walk(file, &totals, is_part, NULL) : reason;
}
