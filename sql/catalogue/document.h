#ifndef SQL_CATALOGUE_DOCUMENT_H
#define SQL_CATALOGUE_DOCUMENT_H

#include "sql/db/db.h"

/*
 * 申请函模板, 测试报告模板, 演示录屏注意事项: versions that were uploaded; the
 * newest of each is offered. Before there is one, what the program ships is.
 */
#define DOCUMENT_VERSION_COLUMNS(C, E)                                                             \
	C(TEXT, d, name)      /* of the document: "application-letter" */                          \
	C(INT, d, number)     /* 1, 2, … of this document */                                     \
	C(TEXT, d, file)      /* name people see */                                                \
	C(TEXT, d, type)      /* media type */                                                     \
	C(TEXT, d, digest)    /* place in the store */                                             \
	C(INT, d, size)       /* bytes */                                                          \
	C(INT, d, created_at) /* Unix seconds */
SQL_ROW(document_version, DOCUMENT_VERSION_COLUMNS)

/* ERR_NOT_FOUND: none was uploaded. */
MUST_CHECK enum err document_newest(struct sql *db, struct arena *arena, const char *name,
    struct document_version *ret);
/* Newest first; at most `limit`. */
MUST_CHECK enum err document_versions(struct sql *db, struct arena *arena, const char *name,
    int64_t limit, const struct document_version **ret, size_t *ret_count);
/* number is worked out: *ret_number. ERR_EXISTS: somebody else added one at the same moment. */
MUST_CHECK enum err document_add(struct sql_tx *tx, struct arena *arena,
    const struct document_version *version, int64_t *ret_number);
/* Does any version have this content? For the sweep. */
MUST_CHECK enum err
document_keeps(struct sql *db, struct arena *arena, const char *digest, bool *ret);

#endif
