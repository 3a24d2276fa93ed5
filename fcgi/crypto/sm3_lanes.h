#ifndef FCGI_CRYPTO_SM3_LANES_H
#define FCGI_CRYPTO_SM3_LANES_H

#include <stddef.h>

#include "fcgi/crypto/sm.h"

/*
 * SM3 of several messages at once, for searches through thousands of them: a vector's lanes do the same
 * step of each. Four take little longer than one by OpenSSL. Not for secrets that anybody waits for.
 */
#define SM3_LANES 4

/* A message that was padded by sm3_lane_pad(), and its digest. */
struct sm3_lane {
	unsigned char *bytes;
	size_t blocks;
	unsigned char digest[SM3_SIZE];
};

/* Room that `size` bytes take with their padding. */
size_t sm3_lane_room(size_t size);
/* Pads lane->bytes behind its first `size`. */
void sm3_lane_pad(struct sm3_lane *lane, size_t size);
/* The digests of 1 to SM3_LANES of them. */
void sm3_lanes(struct sm3_lane *lanes, size_t count);

#endif
