#include "handlers/rules/check/media.h"

#include <stdio.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/check/filename.h"

#define MIB (1024 * 1024)

/* clang-format off */
static const struct media medias[] = {
	{ KIND_PDF, "PDF", "pdf", "application/pdf", true,
	  { "application/pdf" }, { 0, 5, "%PDF-" } },
	{ KIND_JPG, "JPG", "jpg jpeg", "image/jpeg", true,
	  { "image/jpeg" }, { 0, 3, "\xff\xd8\xff" } },
	{ KIND_PNG, "PNG", "png", "image/png", true,
	  { "image/png" }, { 0, 8, "\x89PNG\r\n\x1a\n" } },
	/* telephones' brands, those libmagic takes for sound (MSNV), and those it does not know at all */
	{ KIND_MP4, "MP4", "mp4", "video/mp4", true,
	  { "video/mp4", "video/x-m4v", "video/3gpp", "video/3gpp2", "audio/mp4", "audio/x-m4a",
	    "video/quicktime", "application/octet-stream" }, { 4, 4, "ftyp" } },
	{ KIND_ZIP, "ZIP", "zip", "application/zip", false,
	  /* jar adds a mark to the first entry, also where it packs no program */
	  { "application/zip", "application/java-archive" }, { 0, 4, "PK\x03\x04" } },
	{ KIND_RAR, "RAR", "rar", "application/vnd.rar", false,
	  { "application/x-rar", "application/vnd.rar" }, { 0, 6, "Rar!\x1a\x07" } },
	/* WPS writes documents that libmagic knows only by their container */
	{ KIND_DOC, "Word 文档", "doc", "application/msword", false,
	  { "application/msword", "application/CDFV2", "application/x-ole-storage" },
	  { 0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" } },
	{ KIND_DOCX, "Word 文档", "docx",
	  "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false,
	  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	    "application/zip", "application/octet-stream" /* its parts in another order */ },
	  { 0, 4, "PK\x03\x04" } },
};
/* clang-format on */

/* Is `word` one of the blank-separated words of `list`? */
static bool
is_listed(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = list; len > 0 && *p;) {
		size_t item = strcspn(p, " ");

		if (item == len && strncmp(p, word, len) == 0)
			return true;
		p += item + (p[item] == ' ');
	}
	return false;
}

const struct media *
media_by_extension(const char *extension)
{
	for (size_t i = 0; i < COUNT(medias); i++)
		if (is_listed(medias[i].extensions, extension))
			return &medias[i];
	return NULL;
}

const struct media *
media_by_kind(enum file_kind kind)
{
	for (size_t i = 0; i < COUNT(medias); i++)
		if (medias[i].kind == kind)
			return &medias[i];
	return NULL;
}

const struct media *
media_by_type(const char *type)
{
	for (size_t i = 0; i < COUNT(medias); i++)
		if (strcmp(medias[i].type, type) == 0)
			return &medias[i];
	return NULL;
}

/* "pdf jpg" -> ".pdf .jpg" */
static const char *
dotted(struct arena *arena, const char *extensions)
{
	char *text = arena_alloc(arena, 2 * strlen(extensions) + 2), *to = text;

	*to++ = '.';
	for (; *extensions; extensions++) {
		*to++ = *extensions;
		if (*extensions == ' ')
			*to++ = '.';
	}
	return text;
}

const char *
media_refuse_name(struct arena *arena, const struct slot *slot, const char *name)
{
	const char *extension = filename_extension(arena, name);

	if (is_listed(slot->extensions, extension))
		return NULL;
	if (*extension == '\0')
		return arena_printf(arena, "文件名没有扩展名，请选择 %s 文件",
		    dotted(arena, slot->extensions));
	return arena_printf(arena, "不支持 .%s 文件，请选择 %s 文件", extension,
	    dotted(arena, slot->extensions));
}

const char *
media_refuse_size(struct arena *arena, const struct slot *slot, int64_t length)
{
	if (length <= 0)
		return "文件是空的，请重新选择文件";
	if (length <= slot->max_bytes)
		return NULL;
	/* Tenths rounded up, so that one byte too many does not read as the limit itself. */
	int64_t tenths = length / MIB * 10 + (length % MIB * 10 + MIB - 1) / MIB;
	return arena_printf(arena, "文件大小为 %lld.%lldM，超过 %lldM 限制",
	    (long long)(tenths / 10), (long long)(tenths % 10), (long long)(slot->max_bytes / MIB));
}

const char *
media_refuse_kind(struct arena *arena, const struct slot *slot, const char *name,
    const struct media *found)
{
	const struct media *m = media_by_extension(filename_extension(arena, name));

	if (found)
		return arena_printf(arena, "这是 %s 文件，此处请选择 %s 文件", found->name,
		    dotted(arena, slot->extensions));
	return arena_printf(arena, "文件内容不是 %s，请选择 %s 文件", m ? m->name : "所需格式",
	    dotted(arena, slot->extensions));
}

bool
media_is_found(const struct media *m, const char *found)
{
	for (size_t i = 0; i < MEDIA_FOUND_MAX && m->found[i]; i++)
		if (strcmp(m->found[i], found) == 0)
			return true;
	return false;
}

bool
media_has_mark(const struct media *m, const unsigned char *bytes, size_t size)
{
	return size >= m->mark.at + m->mark.size &&
	       memcmp(bytes + m->mark.at, m->mark.bytes, m->mark.size) == 0;
}
