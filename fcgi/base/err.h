#ifndef FCGI_BASE_ERR_H
#define FCGI_BASE_ERR_H

/*
 * The one error type of the program. A function that can fail returns
 * `enum err`; what it produces goes out through a last parameter named
 * ret_something, which is written on success and left alone on failure.
 *
 * Errors are logged once, where they are first known (that is where the
 * detail is), and afterwards only passed up.
 */
enum log_level { LOG_NONE, LOG_INFO, LOG_WARN, LOG_ERROR };

/*
 * The program that is built may have more of them: its build names their table,
 * rows as in err.def. One enum, so that a switch is still exhaustive.
 */
enum err {
#define ERR(name, status, level, text) ERR_##name,
#include "fcgi/base/err.def"
#ifdef PROGRAM_ERRORS
#include PROGRAM_ERRORS
#endif
#undef ERR
	ERR__COUNT, /* not an error: how many there are */
};

struct err_info {
	const char *key; /* stable name for programs: "CONFLICT" */
	int status;      /* HTTP status */
	enum log_level level;
	const char *text; /* as people read it */
};

/* Never fails; the row lives as long as the program. */
const struct err_info *err_info(enum err e);

#define MUST_CHECK __attribute__((warn_unused_result))

/*
 * Give up on the first failure. Always safe here: memory belongs to the
 * request's arena, and a transaction that leaves scope uncommitted rolls back.
 * This is the only macro in the program that hides a return.
 */
#define TRY(expression)                                                                            \
	do {                                                                                       \
		enum err try_err_ = (expression);                                                  \
		if (try_err_ != ERR_OK)                                                            \
			return try_err_;                                                           \
	} while (0)

#endif
