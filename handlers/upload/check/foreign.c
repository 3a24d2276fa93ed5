#include "handlers/upload/check/foreign.h"

#include <ctype.h>
#include <strings.h>

#include "fcgi/base/array.h"

#define PDF_HEAD 1024
#define LIT(text) text, sizeof(text) - 1

struct start {
	const char *bytes;
	size_t size;
};

static const char *const words[] = { "alert(", "eval(", "document.write", "document.cookie",
	"document.location", "window.location", "function(", "require(", "*/=", "powershell",
	"wscript" };

static const struct start starts[] = {
	{ LIT("MZ") },
	{ LIT("PK\x03\x04") },
	{ LIT("PK\x05\x06") },
	{ LIT("\xff\xd8\xff") },
	{ LIT("\x7f"
	      "ELF") },
	{ LIT("\x1f\x8b\x08") },
	{ LIT("BZh") },
	{ LIT("\xfd"
	      "7zXZ") },
	{ LIT("\xca\xfe\xba\xbe") },
	{ LIT("%!PS") },
	{ LIT("{\\rtf") },
	{ LIT("ID3") },
	{ LIT("RIFF") },
	{ LIT("OggS") },
	{ LIT("\x1a\x45\xdf\xa3") },
	{ LIT("II*") },
	{ LIT("MM\0*") },
	{ LIT("#!") },
	{ LIT("OTTO\0") },
	{ LIT("wOFF") },
	{ LIT("wOF2") },
};

static bool
says(struct bytes b, size_t at, const char *text)
{
	size_t len = strlen(text);

	return has(b, at, len) && strncasecmp((const char *)b.at + at, text, len) == 0;
}

bool
foreign_at_its_place(struct bytes file)
{
	return HOLDS(file, 128, "DICM") || HOLDS(file, 257, "ustar") ||
	       HOLDS(file, 0x8001, "CD001") || HOLDS(file, 0x8801, "CD001") ||
	       HOLDS(file, 0x9001, "CD001");
}

bool
begins_as_pdf(struct bytes file)
{
	struct bytes head = part(file, 0, PDF_HEAD);

	return FIND(head, 0, "%PDF-") < head.size;
}

bool
is_blank(struct bytes area)
{
	for (size_t i = 0; i < area.size; i++)
		if (area.at[i] != '\0' && !isspace(area.at[i]))
			return false;
	return true;
}

/* "<" and a letter, "!" or "?": a page of some kind; XMP is not one. */
static bool
is_page_start(struct bytes b)
{
	unsigned next = u8(b, 1);

	if (u8(b, 0) != '<' || says(b, 0, "<?xpacket") || says(b, 0, "<x:xmpmeta"))
		return false;
	return isalpha((int)next) || next == '!' || next == '?' || next == '%';
}

static bool
in_gap(struct bytes area, unsigned allowed)
{
	size_t skip = 0;

	if (foreign_inside(area, allowed))
		return true;
	while (skip < area.size && (area.at[skip] == '\0' || isspace(area.at[skip])))
		skip++;
	struct bytes text = after(area, skip);
	for (size_t i = 0; i < COUNT(starts); i++)
		if (holds(text, 0, starts[i].bytes, starts[i].size))
			return true;
	return is_page_start(text) || HOLDS(text, 4, "ftyp");
}

bool
foreign_in_gap(struct bytes area)
{
	return in_gap(area, 0);
}

bool
foreign_in_note(struct bytes area)
{
	return foreign_in_note_but(area, 0);
}

bool
foreign_in_note_but(struct bytes area, unsigned allowed)
{
	if (in_gap(area, allowed))
		return true;
	for (size_t at = 0; at < area.size; at++)
		for (size_t i = 0; i < COUNT(words); i++)
			if (tolower(area.at[at]) == words[i][0] && says(area, at, words[i]))
				return true;
	return false;
}
