#include "fcgi/table/part.h"

#include <expat.h>
#include <stdbool.h>
#include <string.h>

#define CHUNK 65536
#define TAG_MAX ((int64_t)1 << 20) /* bytes without an element or a text */

struct part {
	const struct part_reader *reader;
	void *context;
	XML_Parser parser;
	enum err e;
	bool moved; /* something was told since the last chunk */
};

const char *
part_attribute(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(attributes[0], name) == 0)
			return attributes[1];
	return NULL;
}

const char *
part_local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

void
part_stop(struct part *part, enum err e)
{
	part->e = e;
	XML_StopParser(part->parser, XML_FALSE);
}

static void XMLCALL
on_begin(void *user, const char *name, const char **attributes)
{
	struct part *p = user;

	p->moved = true;
	p->reader->begin(p, p->context, part_local(name), attributes);
}

static void XMLCALL
on_end(void *user, const char *name)
{
	struct part *p = user;

	p->moved = true;
	if (p->e == ERR_OK) /* the end of <a/> comes also when its beginning was the last */
		p->reader->end(p, p->context, part_local(name));
}

static void XMLCALL
on_text(void *user, const char *text, int size)
{
	struct part *p = user;

	p->moved = true;
	if (p->reader->text)
		p->reader->text(p->context, text, (size_t)size);
}

static void XMLCALL
on_doctype(void *user, const char *name, const char *system, const char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	part_stop(user, ERR_INVALID);
}

static enum err
parse(struct part *p, zip_file_t *file, int64_t *left)
{
	int64_t still = 0;
	zip_int64_t n;

	do {
		void *buffer = XML_GetBuffer(p->parser, CHUNK);

		if (!buffer || (n = zip_fread(file, buffer, CHUNK)) < 0)
			return ERR_INVALID;
		*left -= n;
		if (*left < 0)
			return ERR_TOO_LARGE;
		p->moved = false;
		if (XML_ParseBuffer(p->parser, (int)n, n == 0) == XML_STATUS_ERROR)
			return p->e != ERR_OK ? p->e : ERR_INVALID;
		still = p->moved ? 0 : still + n;
		if (still > TAG_MAX)
			return ERR_INVALID;
	} while (n > 0);
	return ERR_OK;
}

enum err
part_read(zip_t *zip, const char *name, const struct part_reader *reader, void *context,
    int64_t *left)
{
	struct part p = { .reader = reader, .context = context };

	if (zip_name_locate(zip, name, ZIP_FL_NOCASE) < 0)
		return ERR_NOT_FOUND;
	zip_file_t *file = zip_fopen(zip, name, ZIP_FL_NOCASE);
	if (!file)
		return ERR_INVALID; /* encrypted, or packed in an unknown way */
	p.parser = XML_ParserCreate(NULL);
	enum err e = ERR_INTERNAL;
	if (p.parser) {
		XML_SetUserData(p.parser, &p);
		XML_SetElementHandler(p.parser, on_begin, on_end);
		XML_SetCharacterDataHandler(p.parser, on_text);
		XML_SetStartDoctypeDeclHandler(p.parser, on_doctype);
		e = parse(&p, file, left);
		XML_ParserFree(p.parser);
	}
	zip_fclose(file);
	return e;
}
