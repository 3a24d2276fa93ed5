#include "handlers/common/reach_file.h"

#include "handlers/common/who.h"
#include "sql/account/certification.h"
#include "sql/application/application_file.h"

enum err
reach_reads(struct req *q, const char *upload_id, bool *ret)
{
	*ret = false;
	if (who_bureau(q) == 0)
		return ERR_OK;
	TRY(application_reads_upload(q->db, q->arena, upload_id, 0, who_bureau(q), who_scope(q),
	    ret));
	if (*ret)
		return ERR_OK;
	return certification_shows(q->db, q->arena, upload_id, who_bureau(q), who_scope(q), ret);
}
