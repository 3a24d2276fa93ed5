/* a reply nobody looks after */
#include "fcgi/request.h"

enum err f(struct req *q);
enum err
f(struct req *q)
{
	reply_empty(q, 204);
	return ERR_OK;
}
