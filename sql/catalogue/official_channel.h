#ifndef SQL_CATALOGUE_OFFICIAL_CHANNEL_H
#define SQL_CATALOGUE_OFFICIAL_CHANNEL_H

#include "sql/db/db.h"

/* 官方渠道: the dictionary the bureau keeps. */
#define OFFICIAL_CHANNEL_COLUMNS(C, E)                                                             \
	C(INT, o, id)                                                                              \
	C(TEXT, o, name)                                                                           \
	C(TEXT, o, channel) /* of channel_choices */                                               \
	C(BOOL, o, active)
SQL_ROW(official_channel, OFFICIAL_CHANNEL_COLUMNS)

/* Active ones, of one channel or (NULL) of all, as entered; at most OFFICIAL_CHANNELS_MAX. */
#define OFFICIAL_CHANNELS_MAX 500
MUST_CHECK enum err official_channel_list(struct sql *db, struct arena *arena, const char *channel,
    const struct official_channel **ret, size_t *ret_count);
/* Also one that is not active any more. ERR_NOT_FOUND. */
MUST_CHECK enum err
official_channel_get(struct sql *db, struct arena *arena, int64_t id, struct official_channel *ret);

#endif
