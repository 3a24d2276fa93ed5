#include "handlers/upload/stored_file.h"

#include "handlers/upload/scan_text.h"
#include "sql/application/upload.h"

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

enum err
stored_file_answer_fill(struct req *q, const char *id, const struct stored_file_answer **ret)
{
	struct stored_file_answer *file = ARENA_NEW(q->arena, struct stored_file_answer);
	struct upload upload = { 0 };

	*ret = NULL;
	if (!id)
		return ERR_OK;
	enum err e = upload_get(q->db, q->arena, id, &upload);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	*file = (struct stored_file_answer){
		.id = upload.id,
		.name = upload.name,
		.size = upload.length,
		.type = upload.type,
	};
	*ret = file;
	return ERR_OK;
}
