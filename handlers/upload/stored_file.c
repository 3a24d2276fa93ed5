#include "handlers/upload/stored_file.h"

#include "handlers/upload/scan_text.h"

static const struct answer_row rows[] = {
	ANSWER(struct stored_file_answer, id, .about = "of its upload"),
	ANSWER(struct stored_file_answer, name),
	ANSWER(struct stored_file_answer, size, .about = "bytes"),
	ANSWER(struct stored_file_answer, type, .optional = true, .about = "media type"),
	ANSWER(struct stored_file_answer, digest, .optional = true, .about = "SM3, hex"),
	ANSWER(struct stored_file_answer, scan, .optional = true, .words = SCAN_WORDS,
	    .about = "by the virus scanner; left out where there is none"),
};
const struct answer stored_file_answer =
    ANSWER_TABLE("stored_file", struct stored_file_answer, rows);
