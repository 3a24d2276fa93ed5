#include "handlers/upload/check/kind.h"

#include "fcgi/base/array.h"
#include "handlers/rules/check/media.h"
#include "handlers/upload/check/foreign.h"
#include "handlers/upload/check/known.h"
#include "handlers/upload/check/magic.h"
#include "handlers/upload/check/pdf_objects.h"
#include "handlers/upload/check/zip.h"

/* What each kind may hold of others: pictures in documents, parts of its own. */
#define PICTURES (FOREIGN_JPG | FOREIGN_PNG | FOREIGN_GIF)
#define ZIPS (FOREIGN_ZIP | FOREIGN_ZIP_END)

static const struct check {
	enum file_kind kind;
	inspect_look *look;
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

/* ---- which kind ------------------------------------------------------------------ */

/* Does it begin so? PDF is read where others stand before it, too: inspect_pdf() judges those. */
static bool
begins_as(enum file_kind kind, struct bytes file)
{
	if (kind == KIND_ZIP || kind == KIND_DOCX)
		return HOLDS(file, 0, "PK\x03\x04") && zip_kind(file) == kind;
	return media_has_mark(media_by_kind(kind), file.at, file.size);
}

/*
 * The kind it begins as. A PDF may have something before it, when nothing else is there that begins
 * at the beginning.
 */
static const struct check *
find_check(struct wanted wanted, struct bytes file)
{
	if (known_picture(file)) /* HEIC begins as MP4 does */
		return NULL;
	for (size_t i = 0; i < COUNT(checks); i++)
		if (begins_as(checks[i].kind, file))
			return &checks[i];
	return (wanted.named & KIND_PDF) && begins_as_pdf(file) ? &checks[0] : NULL;
}

/* ---- what is said of it ----------------------------------------------------------- */

/* Does the file also begin, somewhere, as what it is named after? */
static bool
begins_inside(enum file_kind named, struct bytes file)
{
	const struct media *media = media_by_kind(named);

	return named == KIND_JPG ? foreign_inside(file, ~(unsigned)FOREIGN_JPG)
				 : find(file, 1, media->mark.bytes, media->mark.size) < file.size;
}

/*
 * It is none of those that are wanted: one that is known, and said to be what it is; or another one
 * was put before it.
 */
static enum reason
explain_kind(struct wanted wanted, const struct check *check, struct bytes file, struct copy *copy)
{
	enum reason known = check ? REASON_KIND : known_as(file);

	if (known_picture(file) || known == REASON_IS_SFX)
		return known;
	if (check && check->look(file, copy) == REASON_NONE)
		return known;
	return wanted.named && begins_inside(wanted.named, file) ? REASON_FOREIGN : known;
}

/* A file that is not whole may be so because another one was put into or behind it. */
static enum reason
explain_broken(const struct check *check, struct bytes file, enum reason reason)
{
	if ((reason == REASON_BROKEN || reason == REASON_TAIL) &&
	    foreign_inside(after(file, check->head), check->own))
		return REASON_FOREIGN;
	return reason;
}

static enum reason
look(const struct check *check, struct bytes file, struct copy *copy)
{
	enum reason reason = check->look(file, copy);
	struct bytes kept = copy->size > 0 ? (struct bytes){ copy->room, copy->size } : file;
	const char *found;

	if (reason != REASON_NONE)
		return explain_broken(check, file, reason);
	if (foreign_at_its_place(kept))
		return REASON_FOREIGN;
	if (magic_type(kept.at, kept.size, &found) != ERR_OK)
		return REASON_UNCHECKED;
	return media_is_found(media_by_kind(check->kind), found) ? REASON_NONE : REASON_KIND;
}

enum reason
inspect_kind(struct wanted wanted, struct bytes file, struct copy *copy, enum file_kind *ret_kind)
{
	copy->size = 0;
	(void)foreign_learn(file); /* only quicker */
	const struct check *check = find_check(wanted, file);
	enum reason reason = check && (wanted.kinds & check->kind)
				 ? look(check, file, copy)
				 : explain_kind(wanted, check, file, copy);
	foreign_forget();
	*ret_kind = check ? check->kind : 0;
	if (reason != REASON_NONE)
		copy->size = 0;
	return reason;
}

void
kind_make_ready(void)
{
	pdf_make_ready();
}
