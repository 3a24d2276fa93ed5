#include "handlers/upload/check/magic.h"

#include <magic.h>

#include "fcgi/base/log.h"

/* Only what looks at bytes: no guessing at texts, no unpacking, no programs. */
#define FLAGS                                                                                      \
	(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_APPTYPE | \
	    MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_CSV |                        \
	    MAGIC_NO_CHECK_TOKENS | MAGIC_NO_CHECK_ENCODING | MAGIC_NO_CHECK_JSON)

static magic_t database;

enum err
magic_init(void)
{
	if (database)
		return ERR_OK;
	database = magic_open(FLAGS);
	if (database && magic_load(database, NULL) == 0)
		return ERR_OK;
	log_line(LOG_ERROR, "magic", "what=load why=\"%s\"",
	    database ? magic_error(database) : "no memory");
	if (database)
		magic_close(database);
	database = NULL;
	return ERR_INTERNAL;
}

enum err
magic_type(const unsigned char *bytes, size_t size, const char **ret)
{
	const char *type = database ? magic_buffer(database, bytes, size) : NULL;

	if (!type) {
		const char *why = database ? magic_error(database) : "not loaded";

		log_line(LOG_ERROR, "magic", "what=look why=\"%s\"", why ? why : "");
		return ERR_INTERNAL;
	}
	*ret = type;
	return ERR_OK;
}
