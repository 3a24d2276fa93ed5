#include "handlers/admin/store_verify.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "fcgi/store/walk.h"
#include "sql/application/export.h"
#include "sql/application/upload.h"
#include "sql/catalogue/document.h"

#define BATCH 500
#define UNDER_WAY (15 * 60) /* seconds a file may lie before its row is there */

struct check {
	struct req *q;
	bool content;
	int64_t files, bytes, differences;
};

static void
differs(struct check *c, const char *what, const char *file, const char *upload)
{
	printf("%s %s%s%s\n", what, file, upload ? " upload/" : "", upload ? upload : "");
	c->differences++;
}

/* ---- each row has its file ------------------------------------------------------ */

static const char *
place_of(struct check *c, const struct kept_content *k)
{
	char place[FILE_PLACE_SIZE];

	if (k->quarantined)
		return arena_printf(c->q->arena, "quarantine/%s", k->digest);
	file_place(k->digest, place);
	return arena_strndup(c->q->arena, place, strlen(place));
}

static enum err
check_open(struct check *c, const struct kept_content *k, const char *place, int fd)
{
	/* what PORTAL_STORE_DIGEST says may have changed since */
	static const char *const kinds[] = { "sha256", "sm3" };
	struct stat st;
	const char *digest;

	if (fstat(fd, &st) != 0)
		return ERR_UNAVAILABLE;
	c->files++;
	c->bytes += st.st_size;
	if (st.st_size != k->shortest || st.st_size != k->longest)
		differs(c, "wrong-size", place, k->upload_id);
	if (!c->content)
		return ERR_OK;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		TRY(file_digest(fd, kinds[i], c->q->arena, &digest));
		if (strcmp(digest, k->digest) == 0)
			return ERR_OK;
	}
	differs(c, "wrong-content", place, k->upload_id);
	return ERR_OK;
}

static enum err
check_content(struct check *c, const struct kept_content *k)
{
	const char *place = place_of(c, k);
	char *path = arena_printf(c->q->arena, "%s/%s", c->q->config->store, place);
	int fd;

	if (access(path, F_OK) != 0) {
		differs(c, "missing", place, k->upload_id);
		return ERR_OK;
	}
	TRY(file_open_kept(c->q->config->store, k->digest, &fd));
	enum err e = check_open(c, k, place, fd);
	close(fd);
	return e;
}

static enum err
check_contents(struct check *c)
{
	const struct kept_content *some;
	char after[65] = "";
	size_t count;

	do {
		arena_reset(c->q->arena);
		TRY(upload_contents(c->q->db, c->q->arena, after, BATCH, &some, &count));
		for (size_t i = 0; i < count; i++)
			TRY(check_content(c, &some[i]));
		if (count > 0)
			snprintf(after, sizeof(after), "%s", some[count - 1].digest);
	} while (count == BATCH);
	return ERR_OK;
}

static enum err
check_partial(struct check *c, const struct upload *u)
{
	int64_t size;

	TRY(file_size(c->q->config->store, u->id, &size));
	if (size < u->received)
		differs(c, "short", arena_printf(c->q->arena, "partial/%s", u->id), u->id);
	return ERR_OK;
}

static enum err
check_partials(struct check *c)
{
	const struct upload *some;
	char after[33] = "";
	size_t count;

	do {
		arena_reset(c->q->arena);
		TRY(upload_partials(c->q->db, c->q->arena, after, BATCH, &some, &count));
		for (size_t i = 0; i < count; i++)
			TRY(check_partial(c, &some[i]));
		if (count > 0)
			snprintf(after, sizeof(after), "%s", some[count - 1].id);
	} while (count == BATCH);
	return ERR_OK;
}

/* ---- each file has its row ------------------------------------------------------- */

static enum err
known(struct req *q, enum err e, bool *ret)
{
	(void)q;
	if (e != ERR_NOT_FOUND)
		TRY(e);
	*ret = e == ERR_OK;
	return ERR_OK;
}

static enum err
is_partial(struct req *q, const char *name, bool *ret)
{
	struct upload u;
	struct export x;

	TRY(known(q, upload_get(q->db, q->arena, name, &u), ret));
	if (!*ret)
		TRY(known(q, export_by_code(q->db, q->arena, name, &x), ret));
	return ERR_OK;
}

static enum err
look(void *context, enum file_place_kind kind, const char *name, int64_t changed_at)
{
	struct check *c = context;
	struct req *q = c->q;
	char place[FILE_PLACE_SIZE] = "";
	bool wanted = false;

	if (changed_at > q->now - UNDER_WAY)
		return ERR_OK;
	arena_reset(q->arena);
	switch (kind) {
	case FILE_PARTIAL:
		TRY(is_partial(q, name, &wanted));
		break;
	case FILE_KEPT:
		TRY(upload_keeps(q->db, q->arena, name, &wanted));
		if (!wanted)
			TRY(document_keeps(q->db, q->arena, name, &wanted));
		file_place(name, place);
		break;
	case FILE_QUARANTINED:
		TRY(upload_quarantines(q->db, q->arena, name, &wanted));
		break;
	case FILE_STRANGE:
		break;
	}
	if (!wanted)
		differs(c, "foreign",
		    *place ? place
			   : arena_printf(q->arena, "%s%s",
				 kind == FILE_PARTIAL       ? "partial/"
				 : kind == FILE_QUARANTINED ? "quarantine/"
							    : "",
				 name),
		    NULL);
	return ERR_OK;
}

int
store_verify_run(struct req *q, int argc, char *argv[])
{
	struct check c = { .q = q, .content = !(argc == 1 && !strcmp(argv[0], "--no-content")) };

	if (check_contents(&c) != ERR_OK || check_partials(&c) != ERR_OK ||
	    file_walk(q->config->store, look, &c) != ERR_OK) {
		fputs("store: could not be read\n", stderr);
		return 2;
	}
	printf("store: %lld files, %lld bytes, ", (long long)c.files, (long long)c.bytes);
	if (c.differences == 0)
		puts("sound");
	else
		printf("NOT sound: %lld differences\n", (long long)c.differences);
	return c.differences == 0 ? 0 : 1;
}
