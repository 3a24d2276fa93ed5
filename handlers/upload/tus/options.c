#include "handlers/rules/table/slots.h"
#include "handlers/upload/tus/tus.h"
#include "handlers/upload/upload.h"

enum err
upload_options(struct req *q)
{
	int64_t most = 0;

	for (size_t i = 0; i < slots_count; i++)
		most = slots[i].max_bytes > most ? slots[i].max_bytes : most;
	reply_header(q, "Tus-Resumable", TUS_VERSION);
	reply_header(q, "Tus-Version", TUS_VERSION);
	reply_header(q, "Tus-Extension",
	    "creation,creation-with-upload,expiration,checksum,termination");
	reply_header(q, "Tus-Checksum-Algorithm", TUS_SUMS);
	reply_header(q, "Tus-Max-Size", arena_printf(q->arena, "%lld", (long long)most));
	return reply_empty(q, 204);
}
