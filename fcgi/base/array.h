#ifndef FCGI_BASE_ARRAY_H
#define FCGI_BASE_ARRAY_H

/* Elements of an array; never of a pointer. */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
