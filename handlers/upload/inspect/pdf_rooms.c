#include "handlers/upload/inspect/pdf_rooms.h"

#include <stdlib.h>

#include "handlers/upload/inspect/foreign.h"
#include "handlers/upload/inspect/pdf_names.h"

static unsigned char has_use[PDF_OBJECTS_MAX / 8 + 1]; /* a bit for each object */

/* What stands behind one of these, or in a list (a palette does), has its use: of Illustrator as well. */
static bool
is_use(struct bytes key)
{
	return u8(key, 0) != '/' || PDF_IS(key, "/Contents") || PDF_IS(key, "/ToUnicode") ||
	       PDF_IS(key, "/CIDToGIDMap") || HOLDS(key, 0, "/AI") || PDF_IS(key, "/CIDSet") ||
	       PDF_IS(key, "/JBIG2Globals") || PDF_IS(key, "/FontFile") ||
	       PDF_IS(key, "/FontFile2") || PDF_IS(key, "/FontFile3");
}

/* Each "/Key 12 0 R" in a text that libqpdf wrote. */
static void
note_uses(const char *text, int count)
{
	struct pdf_words w = { .text = { (const unsigned char *)text, strlen(text) } };
	struct bytes before[3] = { { 0 }, { 0 }, { 0 } };

	for (struct bytes word; (word = pdf_next(&w)).size > 0;) {
		uint64_t id = PDF_IS(word, "R") ? pdf_number(before[1]) : UINT64_MAX;

		if (id < (uint64_t)count && is_use(before[0]))
			has_use[id / 8] |= (unsigned char)(1u << id % 8);
		before[0] = before[1];
		before[1] = before[2];
		before[2] = word;
	}
}

static bool
says_only_length(qpdf_data qpdf, qpdf_oh dict)
{
	bool only = true;

	qpdf_oh_begin_dict_key_iter(qpdf, dict);
	while (qpdf_oh_dict_more_keys(qpdf))
		if (strcmp(qpdf_oh_dict_next_key(qpdf), "/Length") != 0)
			only = false;
	return only;
}

static bool
holds_data(qpdf_data qpdf, qpdf_oh stream)
{
	unsigned char *at = NULL;
	size_t size = 0;
	QPDF_BOOL filtered;

	if (qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_none, &filtered, &at, &size) &
	    QPDF_ERRORS)
		return false;
	bool data = begins_as_data((struct bytes){ at, size });
	free(at);
	return data;
}

enum reason
pdf_rooms(qpdf_data qpdf, int count)
{
	memset(has_use, 0, sizeof(has_use));
	for (int id = 1; id < count; id++) {
		qpdf_oh o = qpdf_get_object_by_id(qpdf, id, 0);

		if (qpdf_oh_is_stream(qpdf, o))
			o = qpdf_oh_get_dict(qpdf, o);
		note_uses(qpdf_oh_unparse_resolved(qpdf, o), count);
		qpdf_oh_release_all(qpdf);
	}
	for (int id = 1; id < count; id++) {
		qpdf_oh o = qpdf_get_object_by_id(qpdf, id, 0);

		if (!(has_use[id / 8] & 1u << id % 8) && qpdf_oh_is_stream(qpdf, o) &&
		    says_only_length(qpdf, qpdf_oh_get_dict(qpdf, o)) && holds_data(qpdf, o))
			return REASON_FOREIGN;
		qpdf_oh_release_all(qpdf);
	}
	return REASON_NONE;
}
