#ifndef FCGI_PAPER_DRAWN_H
#define FCGI_PAPER_DRAWN_H

#include <cairo.h>

#include "fcgi/base/arena.h"

/*
 * What cairo writes (PNG, PDF), collected in an arena: start with the arena
 * set and the rest zero, hand drawn_append and the struct to cairo. For the
 * files over cairo only.
 */
struct drawn {
	struct arena *arena;
	unsigned char *bytes;
	size_t size, cap;
};

cairo_status_t drawn_append(void *drawn, const unsigned char *bytes, unsigned size);

/* cairo failed: no memory or no font. Logs and aborts, like running out of arena. */
_Noreturn void drawn_give_up(const char *what, cairo_status_t status);

#endif
