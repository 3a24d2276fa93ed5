#ifndef SQL_ACCOUNT_INVITATION_H
#define SQL_ACCOUNT_INVITATION_H

#include "sql/account/unit.h"

/*
 * What a unit asks of whoever holds a phone: to be its 经办人. A row until he accepts or
 * refuses; nobody is bound by it. *_sealed and *_index: INVITATION_… of sql/db/sealed.def. A phone is
 * looked up by its index and `also`: of keyring_index_also(), or NULL; a secret likewise.
 */
#define INVITATION_COLUMNS(C, E)                                                                   \
	C(INT, i, id)                                                                              \
	C(INT, i, unit_id)                                                                         \
	C(TEXT, i, phone_index)                                                                    \
	C(TEXT, i, phone_sealed)                                                                   \
	C(TEXT, i, name) /* as the unit typed it; NULL: nothing but the phone */                   \
	C(TEXT, i, id_type)                                                                        \
	C(TEXT, i, id_sealed)                                                                      \
	C(TEXT, i, id_start)                                                                       \
	C(TEXT, i, id_end)      /* NULL: 长期 */                                                 \
	C(INT, i, secret_until) /* Unix seconds; 0: no SMS was sent yet */                         \
	C(INT, i, created_at)
SQL_ROW(invitation, INVITATION_COLUMNS)

#define INVITATIONS_MAX 500 /* of one unit, of one phone, that are ever shown */

/* Oldest first, at most INVITATIONS_MAX. */
MUST_CHECK enum err invitation_list(struct sql *db, struct arena *arena, int64_t unit_id,
    const struct invitation **ret, size_t *ret_count);
/* The unit's own only. ERR_NOT_FOUND. */
MUST_CHECK enum err invitation_get(struct sql *db, struct arena *arena, int64_t id, int64_t unit_id,
    struct invitation *ret);
/* Of that phone only. ERR_NOT_FOUND. */
MUST_CHECK enum err invitation_of_phone(struct sql *db, struct arena *arena, int64_t id,
    const char *phone_index, const char *also, struct invitation *ret);
/* Has the unit asked this phone already? */
MUST_CHECK enum err invitation_exists(struct sql *db, struct arena *arena, int64_t unit_id,
    const char *phone_index, const char *also, bool *ret);
/* Whose secret it is, however old. ERR_NOT_FOUND. */
MUST_CHECK enum err invitation_by_secret(struct sql *db, struct arena *arena, const char *secret,
    const char *also, struct invitation *ret);
/* id and secret_until are ignored. ERR_EXISTS: the unit has asked this phone. */
MUST_CHECK enum err
invitation_insert(struct sql_tx *tx, const struct invitation *i, int64_t *ret_id);
/* The one before is dead. ERR_NOT_FOUND. */
MUST_CHECK enum err
invitation_set_secret(struct sql_tx *tx, int64_t id, const char *secret, int64_t until);
/* Answered or withdrawn. ERR_NOT_FOUND: somebody was first. */
MUST_CHECK enum err invitation_delete(struct sql_tx *tx, int64_t id);
/* Forget those made before, at most `limit`. */
MUST_CHECK enum err invitation_purge(struct sql_tx *tx, int64_t before, int64_t limit);

/* A unit that asks, as the person sees it. */
#define INVITING_UNIT_COLUMNS(C, E)                                                                \
	C(INT, i, id)                                                                              \
	E(TEXT, unit, "u.name")                                                                    \
	C(TEXT, u, uscc)                                                                           \
	E(CODE, certification, CERTIFICATION_NOW("u")) /* enum certification */                    \
	C(INT, i, created_at)
SQL_ROW(inviting_unit, INVITING_UNIT_COLUMNS)
/* Newest first, at most INVITATIONS_MAX. */
MUST_CHECK enum err inviting_unit_list(struct sql *db, struct arena *arena, const char *phone_index,
    const char *also, const struct inviting_unit **ret, size_t *ret_count);
MUST_CHECK enum err invitation_count(struct sql *db, struct arena *arena, const char *phone_index,
    const char *also, int64_t *ret);

#endif
