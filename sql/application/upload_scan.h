#ifndef SQL_APPLICATION_UPLOAD_SCAN_H
#define SQL_APPLICATION_UPLOAD_SCAN_H

#include "sql/db/db.h"

/*
 * What the virus scanner says of an upload. Where no scanner is set up there are
 * no rows, and SCAN_NONE is as good as SCAN_CLEAN.
 */
enum scan { SCAN_NONE = 0, SCAN_WAITING = 1, SCAN_CLEAN = 2, SCAN_INFECTED = 3 };

#define UPLOAD_SCAN_COLUMNS(C, E)                                                                  \
	C(INT, s, id)                                                                              \
	C(TEXT, s, upload_id) /* 32 hex digits */                                                  \
	C(CODE, s, state)     /* enum scan */                                                      \
	C(TEXT, s, found)     /* what the scanner calls it; NULL for nothing */
SQL_ROW(upload_scan, UPLOAD_SCAN_COLUMNS)

/* An upload waits from now on. */
MUST_CHECK enum err
upload_scan_add(struct sql_tx *tx, const char *upload_id, int64_t now, int64_t *ret_id);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err
upload_scan_get(struct sql *db, struct arena *arena, int64_t id, struct upload_scan *ret);
/* enum scan of an upload. */
MUST_CHECK enum err
upload_scan_state(struct sql *db, struct arena *arena, const char *upload_id, unsigned *ret);
/* The scanner's answer. found: what it calls it, NULL for nothing. */
MUST_CHECK enum err
upload_scan_end(struct sql_tx *tx, const char *upload_id, const char *found, int64_t now);

/* Of everything ever filed with an application. */
MUST_CHECK enum err upload_scan_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct upload_scan **ret, size_t *ret_count);
/* With its upload. */
MUST_CHECK enum err upload_scan_delete(struct sql_tx *tx, const char *upload_id);

/* Of the files filed in a round, one that is not known to be clean, infected ones first. */
#define SCAN_OBSTACLE_COLUMNS(C, E)                                                                \
	C(TEXT, u, name)  /* for display */                                                        \
	C(CODE, s, state) /* enum scan */
SQL_ROW(scan_obstacle, SCAN_OBSTACLE_COLUMNS)
/* ERR_NOT_FOUND: there is none. */
MUST_CHECK enum err upload_scan_obstacle(struct sql *db, struct arena *arena,
    int64_t application_id, int64_t round, struct scan_obstacle *ret);

#endif
