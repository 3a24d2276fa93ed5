#include "tests/fakes/faults.h"

#include "sql/db.h"

struct faults faults;

enum err
faults_call(void)
{
	return faults.fail_at == ++faults.calls ? ERR_UNAVAILABLE : ERR_OK;
}

enum err
sql_begin(struct sql_tx *tx, struct sql *db)
{
	TRY(faults_call());
	*tx = (struct sql_tx){ .db = db, .open = true };
	faults.begun++;
	return ERR_OK;
}

enum err
sql_commit(struct sql_tx *tx)
{
	TRY(faults_call());
	tx->open = false;
	faults.committed++;
	return ERR_OK;
}

void
sql_tx_end(struct sql_tx *tx)
{
	if (tx->open)
		faults.rolled_back++;
	tx->open = false;
}
