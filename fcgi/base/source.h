#ifndef FCGI_BASE_SOURCE_H
#define FCGI_BASE_SOURCE_H

#include <stddef.h>
#include <sys/types.h>

/* Bytes as they come. read: bytes got, 0 at the end, -1 when cut off. */
struct body_source {
	ssize_t (*read)(void *from, void *bytes, size_t size);
	void *from;
};

#endif
