#ifndef HANDLERS_UPLOAD_SCAN_TEXT_H
#define HANDLERS_UPLOAD_SCAN_TEXT_H

#include "sql/application/upload_scan.h"

#define SCAN_WORDS "waiting clean infected"

/* One of these; NULL where there is no scanner. */
static inline const char *
scan_text(unsigned state)
{
	switch ((enum scan)state) {
	case SCAN_NONE:
		break;
	case SCAN_WAITING:
		return "waiting";
	case SCAN_CLEAN:
		return "clean";
	case SCAN_INFECTED:
		return "infected";
	}
	return NULL;
}

#endif
