#ifndef SQL_ACCOUNT_UNIT_ROW_H
#define SQL_ACCOUNT_UNIT_ROW_H

#include "sql/account/certification.h"

/* How a row of `unit` becomes a struct unit: for sql/account/unit.c and sql/account/certification.c alone. */
extern const struct sql_shape unit_shape;

/* In the order of unit_shape's columns. */
#define SELECT_UNIT                                                                                \
	"SELECT id, version, account, password, password_seq, name, kind, region_code, uscc, "     \
	"address, postcode,"                                                                       \
	" legal_name_sealed, legal_id_type, legal_id_sealed, "                                     \
	"legal_phone_sealed, " CERTIFICATION_NOW(                                                  \
	    "unit") ", certification_reason, certified_at, certified_until, manual_bureau, "       \
		    "manual_at,"                                                                   \
		    " licence_upload, created_at FROM unit"

#endif
