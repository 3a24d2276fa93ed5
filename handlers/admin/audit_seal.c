#include "handlers/admin/audit_seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"
#include "fcgi/base/log_host.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/crypto/sm2.h"
#include "handlers/admin/audit_seal_settings.h"
#include "sql/record/audit_seal.h"

#define BATCH 1000
#define LINE_SIZE 512 /* of a line and its signature */
#define KEY_LINE 128
#define NOTHING_BEFORE "0000000000000000000000000000000000000000000000000000000000000000"

/* ---- the key --------------------------------------------------------------------- */

/* ERR_NOT_FOUND: there is none for us, logged where there should be. */
static enum err
read_key(unsigned char ret[SM2_PRIVATE_SIZE])
{
	char line[KEY_LINE] = "";

	if (!*audit_seal_settings.key)
		return ERR_NOT_FOUND;
	FILE *file = fopen(audit_seal_settings.key, "re");
	bool got = file && fgets(line, sizeof(line), file);
	if (file)
		fclose(file);
	line[strcspn(line, "\r\n")] = '\0';
	enum err e = got ? sm2_read_private(line, ret) : ERR_NOT_FOUND;
	explicit_bzero(line, sizeof(line));
	if (e == ERR_OK)
		return ERR_OK;
	log_line(LOG_ERROR, "audit", "what=no_key of=PORTAL_AUDIT_KEY");
	return ERR_NOT_FOUND;
}

/* ---- lines ----------------------------------------------------------------------- */

static const char *
digest(struct arena *arena, const char *text)
{
	unsigned char raw[SM3_SIZE];

	sm3(text, strlen(text), raw);
	return bytes_hex(arena, raw, sizeof(raw));
}

/* What is signed. */
static const char *
text_of(struct arena *arena, const struct audit_seal *s)
{
	return arena_printf(arena, "jieru-audit 1 seal=%lld at=%lld rows=%lld ends=%s before=%s",
	    (long long)s->id, (long long)s->made_at, (long long)s->row_count,
	    digest(arena, s->heads), s->previous);
}

/* What is given away. */
static const char *
line_of(struct arena *arena, const struct audit_seal *s)
{
	return arena_printf(arena, "%s sig=%s", text_of(arena, s), s->signature);
}

/* ---- ends as text ------------------------------------------------------------------ */

static const char *
ends_text(struct arena *arena, const struct audit_end ends[AUDIT_CHAINS])
{
	const char *text = "";

	for (int chain = 0; chain < AUDIT_CHAINS; chain++)
		text = arena_printf(arena, "%s%s%d:%lld:%s", text, chain ? " " : "", chain,
		    (long long)ends[chain].seq, ends[chain].hash);
	return text;
}

static void
ends_of_nothing(struct audit_end ret[AUDIT_CHAINS])
{
	memset(ret, 0, AUDIT_CHAINS * sizeof(*ret)); /* they are compared byte by byte */
	for (int chain = 0; chain < AUDIT_CHAINS; chain++)
		memcpy(ret[chain].hash, NOTHING_BEFORE, sizeof(ret[chain].hash));
}

static bool
ends_read(const char *text, struct audit_end ret[AUDIT_CHAINS])
{
	ends_of_nothing(ret);
	for (int chain = 0; chain < AUDIT_CHAINS; chain++) {
		long long seq;
		int number, used = 0;

		if (sscanf(text, "%d:%lld:%64[0-9a-f]%n", &number, &seq, ret[chain].hash, &used) !=
			3 ||
		    number != chain || strlen(ret[chain].hash) != 64)
			return false;
		ret[chain].seq = seq;
		text += used + (text[used] == ' ');
	}
	return *text == '\0';
}

static int64_t
rows_of(const struct audit_end ends[AUDIT_CHAINS])
{
	int64_t rows = 0;

	for (int chain = 0; chain < AUDIT_CHAINS; chain++)
		rows += ends[chain].seq;
	return rows;
}

/* ---- all seals, one after the other ------------------------------------------------- */

struct walk {
	struct audit_seal last; /* id 0: there is none; its texts live as long as the walk */
	char heads[2048], previous[65], signature[96];
	char next[65];        /* the digest of its line: what the next one names */
	FILE *given;          /* or NULL */
	char line[LINE_SIZE]; /* the next of `given`; "" at its end */
	int64_t gone;         /* a line that was given away and is none of them; 0 none */
};

static void
next_given(struct walk *w)
{
	if (!w->given || !fgets(w->line, sizeof(w->line), w->given))
		w->line[0] = '\0';
	w->line[strcspn(w->line, "\r\n")] = '\0';
}

static int64_t
number_of(const char *line)
{
	long long number = 0;

	return sscanf(line, "jieru-audit 1 seal=%lld ", &number) == 1 ? number : -1;
}

/* Lines may be missing from what was given away, and some may stand there twice. */
static void
compare_given(struct walk *w, const struct audit_seal *s, const char *line)
{
	while (*w->line && number_of(w->line) <= s->id && !w->gone) {
		if (number_of(w->line) != s->id || strcmp(w->line, line) != 0)
			w->gone = number_of(w->line) > 0 ? number_of(w->line) : s->id;
		next_given(w);
	}
}

/* false: it does not follow the one before. */
static bool
take(struct arena *arena, struct walk *w, const struct audit_seal *s)
{
	const char *line = line_of(arena, s);

	if (s->id != w->last.id + 1 || strcmp(s->previous, w->next) != 0)
		return false;
	compare_given(w, s, line);
	snprintf(w->next, sizeof(w->next), "%s", digest(arena, line));
	snprintf(w->heads, sizeof(w->heads), "%s", s->heads);
	snprintf(w->previous, sizeof(w->previous), "%s", s->previous);
	snprintf(w->signature, sizeof(w->signature), "%s", s->signature);
	w->last = *s;
	w->last.heads = w->heads;
	w->last.previous = w->previous;
	w->last.signature = w->signature;
	return true;
}

/* ERR_CONFLICT: one is missing, or is not what the next one names. */
static enum err
walk_all(struct sql *db, struct arena *arena, struct walk *w)
{
	const struct audit_seal *list;
	size_t count;

	snprintf(w->next, sizeof(w->next), "%s", NOTHING_BEFORE);
	next_given(w);
	do {
		arena_reset(arena);
		TRY(audit_seals(db, arena, w->last.id, BATCH, &list, &count));
		for (size_t i = 0; i < count; i++)
			if (!take(arena, w, &list[i]))
				return ERR_CONFLICT;
	} while (count == BATCH);
	if (*w->line && !w->gone)
		w->gone = number_of(w->line);
	return ERR_OK;
}

static enum err
signed_by(struct arena *arena, const unsigned char private_key[SM2_PRIVATE_SIZE],
    const struct audit_seal *s)
{
	unsigned char public_key[SM2_PUBLIC_SIZE], signature[SM2_SIGNATURE_SIZE];
	const char *text = text_of(arena, s);

	TRY(sm2_public_of(private_key, public_key));
	TRY(sm2_read_signature(s->signature, signature));
	return sm2_verify(public_key, text, strlen(text), signature);
}

/* ---- checking ------------------------------------------------------------------------ */

static void
fault(struct audit_report *report, int64_t seq, const char *what)
{
	*report = (struct audit_report){ .rows = report->rows, .seq = seq, .fault = what };
}

static enum err
check_seals(struct req *q, struct arena *arena, const unsigned char key[SM2_PRIVATE_SIZE],
    struct walk *w, struct audit_report *report)
{
	struct audit_end then[AUDIT_CHAINS], now[AUDIT_CHAINS];
	enum err e = walk_all(q->db, arena, w);

	if (e == ERR_CONFLICT) {
		fault(report, w->last.id + 1, "seal altered");
		return ERR_OK;
	}
	TRY(e);
	if (w->gone)
		fault(report, w->gone, "seal given away is gone");
	else if (w->last.id &&
		 (signed_by(arena, key, &w->last) != ERR_OK || !ends_read(w->heads, then)))
		fault(report, w->last.id, "seal forged");
	if (!report->sound)
		return ERR_OK;
	if (!w->last.id)
		ends_of_nothing(then);
	TRY(audit_ends(q->db, now));
	struct audit_report since;
	TRY(audit_verify_between(q->db, then, now, &since));
	if (!since.sound) {
		since.rows = report->rows;
		*report = since;
		return ERR_OK;
	}
	int64_t late;
	TRY(audit_newer(q->db, arena, w->last.made_at, &late));
	if (late && late < q->now - AUDIT_SEAL_LATE)
		fault(report, w->last.id, "not sealed");
	return ERR_OK;
}

enum err
audit_sealed_verify(struct req *q, const char *heads, struct audit_report *ret, int64_t *ret_sealed)
{
	unsigned char key[SM2_PRIVATE_SIZE];
	struct walk walk = { .given = NULL };

	*ret_sealed = 0;
	TRY(audit_verify(q->db, ret));
	if (!ret->sound || read_key(key) != ERR_OK)
		return ERR_OK;
	walk.given = heads ? fopen(heads, "re") : NULL;
	struct arena *arena = arena_new((size_t)16 << 20);
	enum err e = heads && !walk.given ? ERR_INTERNAL : check_seals(q, arena, key, &walk, ret);
	if (walk.given)
		fclose(walk.given);
	else if (heads)
		log_line(LOG_ERROR, "audit", "what=heads_unreadable");
	explicit_bzero(key, sizeof(key));
	arena_free(arena);
	*ret_sealed = walk.last.id;
	return e;
}

/* ---- sealing ------------------------------------------------------------------------- */

/* To those who keep it where we cannot reach it. */
static void
give_away(struct req *q, const char *line)
{
	const char *text = arena_printf(q->arena, "%s\n", line);
	size_t size = strlen(text);

	log_host(false, line);
	if (!*audit_seal_settings.heads)
		return;
	int fd = open(audit_seal_settings.heads, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0 || write(fd, text, size) != (ssize_t)size)
		log_line(LOG_ERROR, "audit", "what=heads_not_written why=\"%s\"", strerror(errno));
	if (fd >= 0)
		close(fd);
}

/* The newest line that was given away is one of ours: nobody took seals away from the end. */
static enum err
still_there(struct req *q, bool *ret)
{
	char line[LINE_SIZE] = "";
	struct audit_seal s;

	*ret = true;
	FILE *file = *audit_seal_settings.heads ? fopen(audit_seal_settings.heads, "re") : NULL;
	if (!file)
		return ERR_OK; /* nothing was given away yet, or somebody took it */
	if (fseek(file, -(long)LINE_SIZE, SEEK_END) != 0)
		rewind(file);
	for (char next[LINE_SIZE]; fgets(next, sizeof(next), file);)
		if (number_of(next) > 0)
			snprintf(line, sizeof(line), "%s", next);
	fclose(file);
	if (!*line)
		return ERR_OK;
	const char *sig = strstr(line, " sig=");
	enum err e = audit_seal_get(q->db, q->arena, number_of(line), &s);
	if (e == ERR_OK)
		*ret = sig && strncmp(sig + 5, s.signature, strlen(s.signature)) == 0;
	else if (e == ERR_NOT_FOUND)
		*ret = false;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err
complain(const char *what, int64_t chain, int64_t seq)
{
	log_host(true, "jieru-audit not sealed: see the log of portal jobs");
	log_line(LOG_ERROR, "audit", "what=not_sealed fault=\"%s\" chain=%lld seq=%lld", what,
	    (long long)chain, (long long)seq);
	return ERR_OK;
}

/* The ends signed last, and that they were signed by us; of nothing where nothing was yet. */
static enum err
signed_last(struct req *q, const unsigned char key[SM2_PRIVATE_SIZE], struct audit_seal *last,
    struct audit_end ret[AUDIT_CHAINS], const char **ret_fault)
{
	bool there = true;
	enum err e = audit_seal_last(q->db, q->arena, last);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*ret_fault = NULL;
	ends_of_nothing(ret);
	if (e == ERR_OK &&
	    (signed_by(q->arena, key, last) != ERR_OK || !ends_read(last->heads, ret)))
		*ret_fault = "seal forged";
	TRY(still_there(q, &there));
	if (!there)
		*ret_fault = "seal given away is gone";
	return ERR_OK;
}

static enum err
seal(struct req *q, const unsigned char key[SM2_PRIVATE_SIZE])
{
	struct audit_end then[AUDIT_CHAINS], now[AUDIT_CHAINS];
	unsigned char signature[SM2_SIGNATURE_SIZE];
	struct audit_seal last = { 0 };
	struct audit_report report;
	const char *fault;

	TRY(signed_last(q, key, &last, then, &fault));
	if (fault)
		return complain(fault, 0, last.id);
	TRY(audit_ends(q->db, now));
	if (memcmp(then, now, sizeof(now)) == 0)
		return ERR_OK;
	TRY(audit_verify_between(q->db, then, now, &report));
	if (!report.sound)
		return complain(report.fault, report.chain, report.seq);
	struct audit_seal s = { .id = last.id + 1,
		.made_at = q->now,
		.row_count = rows_of(now),
		.heads = ends_text(q->arena, now),
		.previous = last.id ? digest(q->arena, line_of(q->arena, &last)) : NOTHING_BEFORE };
	const char *text = text_of(q->arena, &s);
	if (sm2_sign(key, text, strlen(text), signature) != ERR_OK)
		return ERR_INTERNAL;
	s.signature = bytes_base64(q->arena, signature, sizeof(signature));
	SQL_TX(tx, q->db);
	enum err e = audit_seal_add(&tx, &s);
	if (e == ERR_EXISTS)
		return ERR_OK; /* another host was first */
	TRY(e);
	TRY(sql_commit(&tx));
	give_away(q, line_of(q->arena, &s));
	return ERR_OK;
}

enum err
audit_seal_run(struct req *q)
{
	unsigned char key[SM2_PRIVATE_SIZE];

	if (read_key(key) != ERR_OK)
		return ERR_OK; /* it has been said */
	enum err e = seal(q, key);
	explicit_bzero(key, sizeof(key));
	return e;
}
