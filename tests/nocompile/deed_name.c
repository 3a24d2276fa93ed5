/* a deed by a text instead of its row in deed.def */
#include "handlers/common/deed.h"

enum err f(struct req *q, struct sql_tx *tx);
enum err
f(struct req *q, struct sql_tx *tx)
{
	return deed_note(q, tx, "application.submit", "application/1", "");
}
