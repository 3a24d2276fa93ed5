#include "tests/fakes/sql.h"

struct fake_sql fake_sql;

void
fake_sql_reset(void)
{
	fake_sql = (struct fake_sql){ .save = fake_sql.save, .restore = fake_sql.restore };
}

enum err
fake_call(void)
{
	return fake_sql.fail_at == ++fake_sql.calls ? ERR_UNAVAILABLE : ERR_OK;
}

enum err
sql_begin(struct sql_tx *tx, struct sql *db)
{
	TRY(fake_call());
	*tx = (struct sql_tx){ .db = db, .open = true };
	fake_sql.begun++;
	if (fake_sql.save)
		fake_sql.save();
	return ERR_OK;
}

enum err
sql_commit(struct sql_tx *tx)
{
	TRY(fake_call());
	tx->open = false;
	fake_sql.committed++;
	return ERR_OK;
}

void
sql_tx_end(struct sql_tx *tx)
{
	if (!tx->open)
		return;
	fake_sql.rolled_back++;
	tx->open = false;
	if (fake_sql.restore)
		fake_sql.restore();
}

void
sql_ready(struct sql *db)
{
	(void)db;
}
