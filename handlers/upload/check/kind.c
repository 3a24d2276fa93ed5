#include "handlers/upload/check/kind.h"

#include "fcgi/base/array.h"
#include "handlers/rules/check/media.h"
#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"
#include "handlers/upload/check/magic.h"

/* What each kind may hold of others: pictures in documents, parts of its own. */
#define PICTURES (FOREIGN_JPG | FOREIGN_PNG | FOREIGN_GIF)
#define ZIPS (FOREIGN_ZIP | FOREIGN_ZIP_END)

static const struct check {
	enum file_kind kind;
	enum reason (*look)(struct bytes file);
	unsigned own; /* marks that say nothing against it when it is broken */
	size_t head;  /* bytes of its own mark at the beginning */
} checks[] = {
	{ KIND_PDF, inspect_pdf, FOREIGN_PDF | FOREIGN_PDF_HEAD | FOREIGN_JPG, 8 },
	{ KIND_JPG, inspect_jpg, FOREIGN_JPG, 3 },
	{ KIND_PNG, inspect_png, FOREIGN_JPG, 8 },
	{ KIND_MP4, inspect_mp4, FOREIGN_JPG | FOREIGN_PNG, 8 },
	{ KIND_ZIP, inspect_zip, ~(unsigned)FOREIGN_RAR, 4 },
	{ KIND_RAR, inspect_rar, ~0u, 7 },
	{ KIND_DOC, inspect_doc, PICTURES | ZIPS | FOREIGN_OLE, 8 },
	{ KIND_DOCX, inspect_docx, ~(unsigned)FOREIGN_RAR, 4 },
};

/*
 * A file that is not whole may be so because another one was put before, into or
 * behind it; the uploader is told what it is then.
 */
static enum reason
explain(const struct check *check, struct bytes file, enum reason reason)
{
	const struct media *media = media_by_kind(check->kind);

	if (reason == REASON_KIND && !media_has_mark(media, file.at, file.size)) {
		bool elsewhere =
		    check->kind == KIND_JPG
			? foreign_inside(file, ~(unsigned)FOREIGN_JPG)
			: find(file, 1, media->mark.bytes, media->mark.size) < file.size;
		return elsewhere ? REASON_FOREIGN : REASON_KIND;
	}
	if ((reason == REASON_BROKEN || reason == REASON_TAIL) &&
	    foreign_inside(after(file, check->head), check->own))
		return REASON_FOREIGN;
	return reason;
}

static enum reason
look(const struct check *check, struct bytes file, const char *found)
{
	enum reason reason = check->look(file);

	if (reason == REASON_NONE && foreign_at_its_place(file))
		reason = REASON_FOREIGN;
	if (reason == REASON_NONE && !media_is_found(media_by_kind(check->kind), found))
		reason = REASON_KIND;
	return explain(check, file, reason);
}

enum reason
inspect_kind(enum file_kind kind, struct bytes file)
{
	const struct check *check = checks;
	const char *found;

	for (size_t i = 0; i < COUNT(checks); i++)
		if (checks[i].kind == kind)
			check = &checks[i];
	if (magic_type(file.at, file.size, &found) != ERR_OK)
		return REASON_UNCHECKED;
	(void)foreign_learn(file); /* only quicker */
	enum reason reason = look(check, file, found);
	foreign_forget();
	return reason;
}
