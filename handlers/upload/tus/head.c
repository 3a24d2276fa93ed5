#include "handlers/upload/access.h"
#include "handlers/upload/tus/tus.h"
#include "handlers/upload/upload.h"

enum err
upload_head(struct req *q)
{
	struct upload u;

	TRY(tus_enter(q));
	TRY(upload_get(q->db, q->arena, q->key, &u));
	TRY(upload_goes_on(q, &u)); /* 404: a client may begin anew, not go on */
	TRY(upload_durable(q, &u));
	/* A mended copy may be longer or shorter: who sent the file counts the bytes he sent. */
	bool mended = u.original_digest != NULL;
	reply_header(q, "Upload-Offset",
	    arena_printf(q->arena, "%lld", (long long)(mended ? u.original_length : u.received)));
	reply_header(q, "Upload-Length",
	    arena_printf(q->arena, "%lld", (long long)(mended ? u.original_length : u.length)));
	if (u.metadata)
		reply_header(q, "Upload-Metadata", u.metadata);
	if (u.state == UPLOAD_PARTIAL)
		tus_expires(q, u.updated_at);
	return reply_empty(q, 200);
}
