#include "handlers/admin/keyring.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/keyring_turn.h"
#include "fcgi/http/config.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/table/names.h"
#include "sql/db/sealed.h"
#include "sql/record/audit.h"

#define BATCH 200         /* values in one transaction */
#define PATIENCE_MS 60000 /* for processes to take the new key up: they look once a second */
#define PAUSE_MS 100
#define TRIES 50 /* at a batch whose rows others hold */

/* What is turned: a keyring, or the key of the index in it. */
struct turn {
	const char *name;
	enum err (*rotate)(struct req *q, struct turn *turn);
	enum ring ring;
	struct keyring *keyring;
	int64_t linger;  /* seconds its values live outside the database (sessions) */
	bool now;        /* do not wait for those */
	uint64_t sealed; /* or indexed */
	uint64_t bad;    /* values that do not open, in the last pass */
};

static void
pause_ms(long ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/* ---- values ---- */

static enum err
seal_anew(struct req *q, struct sql_tx *tx, struct turn *turn, const struct sealed_column *column,
    const struct sealed_value *old)
{
	bool done;
	char *text;

	if (keyring_unseal(turn->keyring, q->arena, purposes[column->purpose].text, old->sealed,
		&text) != ERR_OK) {
		fprintf(stderr, "%s: %s.%s of row %s %s does not open\n", turn->name, column->table,
		    column->column, old->key, old->key2);
		turn->bad++;
		return ERR_OK;
	}
	const char *sealed =
	    keyring_seal(turn->keyring, q->arena, purposes[column->purpose].text, text);
	explicit_bzero(text, strlen(text));
	TRY(sealed_replace(tx, column, old, sealed, &done));
	turn->sealed += done;
	return ERR_OK;
}

/* Both, with their own copies in `after`, which outlives the batch's arena. */
static enum err
batch(struct req *q, struct turn *turn, const struct sealed_column *column,
    const struct sealed_value *after, const struct sealed_value **ret, size_t *ret_count)
{
	TRY(sealed_older(q->db, q->arena, column, after, keyring_newest(turn->keyring), BATCH, ret,
	    ret_count));
	if (!*ret_count)
		return ERR_OK;
	SQL_TX(tx, q->db);
	for (size_t i = 0; i < *ret_count; i++)
		TRY(seal_anew(q, &tx, turn, column, &(*ret)[i]));
	return sql_commit(&tx);
}

static enum err
column_anew(struct req *q, struct turn *turn, const struct sealed_column *column)
{
	char key[80] = "", key2[80] = "";
	struct sealed_value after = { key, key2, NULL };
	const struct sealed_value *values;
	size_t count = BATCH;

	for (int tries = 0; count > 0;) {
		arena_reset(q->arena);
		uint64_t before = turn->sealed;
		enum err e = batch(q, turn, column, &after, &values, &count);
		if (e == ERR_CONFLICT && ++tries < TRIES) {
			turn->sealed = before;
			count = 1;
			pause_ms(PAUSE_MS);
			continue;
		}
		if (e != ERR_OK) {
			fprintf(stderr, "keyring: %s.%s: %s\n", column->table, column->column,
			    err_info(e)->key);
			return e;
		}
		if (count) {
			snprintf(key, sizeof(key), "%s", values[count - 1].key);
			snprintf(key2, sizeof(key2), "%s", values[count - 1].key2);
		}
		tries = 0;
	}
	return ERR_OK;
}

/* Until a whole pass finds nothing: what was written with the older key meanwhile comes too. */
static enum err
all_anew(struct req *q, struct turn *turn)
{
	uint64_t before;

	do {
		before = turn->sealed;
		turn->bad = 0;
		for (size_t i = 0; i < sealed_columns_count; i++)
			if (purposes[sealed_columns[i].purpose].ring == turn->ring)
				TRY(column_anew(q, turn, &sealed_columns[i]));
	} while (turn->sealed != before);
	return ERR_OK;
}

/* ---- keys ---- */

static enum err
note(struct req *q, const struct turn *turn, enum deed deed)
{
	SQL_TX(tx, q->db);
	TRY(audit_write(&tx, q->arena,
	    &(struct audit_entry){ .address = "",
		.name = deed_name(deed),
		.object = arena_printf(q->arena, "keyring/%s", turn->name),
		.detail = arena_printf(q->arena, "newest=%d sealed=%" PRIu64,
		    (int)keyring_newest(turn->keyring), turn->sealed),
		.now = q->now }));
	return sql_commit(&tx);
}

static enum err
alone(const struct turn *turn)
{
	for (long waited = 0; waited < PATIENCE_MS; waited += PAUSE_MS) {
		if (keyring_turn_alone(turn->keyring) == ERR_OK)
			return ERR_OK;
		pause_ms(PAUSE_MS);
	}
	fprintf(stderr,
	    "%s: some process still uses an older key; run it again later. Nothing is lost\n",
	    turn->name);
	return ERR_CONFLICT;
}

/* The older keys go when nothing refers to them. */
static enum err
retire(struct req *q, struct turn *turn)
{
	int64_t until = keyring_newest_since(turn->keyring) + turn->linger;

	TRY(alone(turn));
	TRY(all_anew(q, turn)); /* nobody can have sealed with them since */
	if (turn->bad) {
		fprintf(stderr, "%s: older keys stay, %" PRIu64 " values do not open\n", turn->name,
		    turn->bad);
		return ERR_INTERNAL;
	}
	if (!turn->now && until > (int64_t)time(NULL)) {
		printf("%s: key %d seals, %" PRIu64 " values sealed anew; sessions may hold values "
		       "of the older key for %" PRId64 " s more: run rotate again then, or with "
		       "--now\n",
		    turn->name, (int)keyring_newest(turn->keyring), turn->sealed,
		    until - (int64_t)time(NULL));
		return ERR_OK;
	}
	TRY(note(q, turn, DEED_KEYRING_RETIRE));
	TRY(keyring_retire(turn->keyring));
	printf("%s: key %d seals, %" PRIu64 " values sealed anew, older keys are gone\n",
	    turn->name, (int)keyring_newest(turn->keyring), turn->sealed);
	return ERR_OK;
}

/* A rotation that was stopped has left an older key: it is finished, not begun again. */
static enum err
rotate_seals(struct req *q, struct turn *turn)
{
	if (keyring_count(turn->keyring) == 1) {
		TRY(keyring_add(turn->keyring, (int64_t)time(NULL)));
		TRY(note(q, turn, DEED_KEYRING_ROTATE));
	}
	TRY(all_anew(q, turn));
	return retire(q, turn);
}

/* ---- the key of the index ---- */

static enum err
index_anew(struct req *q, struct sql_tx *tx, struct turn *turn, const struct indexed_column *column,
    const struct indexed_value *old)
{
	bool done;
	char *text;

	if (keyring_unseal(turn->keyring, q->arena, purposes[column->purpose].text, old->sealed,
		&text) != ERR_OK) {
		fprintf(stderr, "%s: %s.%s of row %s: its value does not open\n", turn->name,
		    column->table, column->column, old->key);
		turn->bad++;
		return ERR_OK;
	}
	const char *index =
	    keyring_index(turn->keyring, q->arena, purposes[column->purpose].text, text);
	explicit_bzero(text, strlen(text));
	if (strcmp(index, old->index) == 0)
		return ERR_OK;
	TRY(indexed_replace(tx, column, old, index, &done));
	turn->sealed += done;
	return ERR_OK;
}

static enum err
index_batch(struct req *q, struct turn *turn, const struct indexed_column *column, char after[80],
    size_t *ret_count)
{
	const struct indexed_value *values;

	TRY(indexed_list(q->db, q->arena, column, after, BATCH, &values, ret_count));
	if (!*ret_count)
		return ERR_OK;
	SQL_TX(tx, q->db);
	for (size_t i = 0; i < *ret_count; i++)
		TRY(index_anew(q, &tx, turn, column, &values[i]));
	TRY(sql_commit(&tx));
	snprintf(after, 80, "%s", values[*ret_count - 1].key);
	return ERR_OK;
}

static enum err
index_column(struct req *q, struct turn *turn, const struct indexed_column *column)
{
	char after[80] = "";
	size_t count = BATCH;

	for (int tries = 0; count > 0;) {
		arena_reset(q->arena);
		uint64_t before = turn->sealed;
		enum err e = index_batch(q, turn, column, after, &count);
		/* EXISTS: somebody adds the phone under the key in force, and will find it taken */
		if ((e == ERR_CONFLICT || e == ERR_EXISTS) && ++tries < TRIES) {
			turn->sealed = before;
			count = 1;
			pause_ms(PAUSE_MS);
			continue;
		}
		if (e != ERR_OK)
			fprintf(stderr, "%s: %s.%s: %s\n", turn->name, column->table,
			    column->column, err_info(e)->key);
		TRY(e);
		tries = 0;
	}
	return ERR_OK;
}

static enum err
all_indexed(struct req *q, struct turn *turn)
{
	for (size_t i = 0; i < indexed_columns_count; i++)
		TRY(index_column(q, turn, &indexed_columns[i]));
	if (!turn->bad)
		return ERR_OK;
	fprintf(stderr, "%s: the former key stays, %" PRIu64 " values do not open\n", turn->name,
	    turn->bad);
	return ERR_INTERNAL;
}

/* Begins where the file says that an exchange stands. */
static enum err
rotate_index(struct req *q, struct turn *turn)
{
	struct keyring *keyring = turn->keyring;

	if (keyring_index_step(keyring) == KEYRING_STILL) {
		TRY(keyring_index_announce(keyring));
		TRY(note(q, turn, DEED_KEYRING_ROTATE));
	}
	TRY(alone(turn));
	if (keyring_index_step(keyring) == KEYRING_COMING) {
		TRY(keyring_index_switch(keyring));
		TRY(alone(turn));
	}
	TRY(all_indexed(q, turn));
	TRY(note(q, turn, DEED_KEYRING_RETIRE));
	TRY(keyring_index_retire(keyring));
	printf("%s: a fresh key indexes, %" PRIu64 " rows anew, the former is gone\n", turn->name,
	    turn->sealed);
	return ERR_OK;
}

/* ---- the command ---- */

static enum err
rotate(struct req *q, struct turn *turn)
{
	enum err e = keyring_turn_begin(turn->keyring);

	if (e == ERR_CONFLICT)
		fprintf(stderr, "%s: somebody rotates it already\n", turn->name);
	TRY(e);
	return turn->rotate(q, turn);
}

static bool
is_turn(const struct turn *turns, size_t count, const char *name)
{
	while (count--)
		if (strcmp(turns[count].name, name) == 0)
			return true;
	return false;
}

int
keyring_run(struct req *q, int argc, char *argv[])
{
	struct turn turns[] = {
		{ "keyring", rotate_seals, RING_KEYRING, q->keyring, q->config->session_max, false,
		    0, 0 },
		{ "vault", rotate_seals, RING_VAULT, q->vault, 0, false, 0, 0 },
		{ "index", rotate_index, RING_KEYRING, q->keyring, 0, false, 0, 0 },
	};
	const size_t count = COUNT(turns);
	bool good = argc > 0 && strcmp(argv[0], "rotate") == 0, now = false;
	const char *only = NULL;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--now") == 0)
			now = true;
		else if (strcmp(argv[i], "--ring") == 0 && i + 1 < argc)
			only = argv[++i];
		else
			good = false;
	}
	if (!good || (only && !is_turn(turns, count, only))) {
		fputs("usage: portal admin keyring rotate [--ring keyring|vault|index] [--now]\n",
		    stderr);
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < count; i++) {
		turns[i].now = now;
		if (!turns[i].keyring || (only && strcmp(only, turns[i].name) != 0))
			continue;
		if (rotate(q, &turns[i]) != ERR_OK)
			return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
