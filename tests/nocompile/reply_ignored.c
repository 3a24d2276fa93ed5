/* a reply nobody looks after */
#include "fcgi/http/request.h"

enum err f(struct req *q);
enum err
f(struct req *q)
{
	reply_empty(q, 204);
	return ERR_OK;
}
