/* GB/T 32905 with vectors of GCC and Clang, which any machine has or is spared. */
#include "fcgi/crypto/sm3_lanes.h"

#include <stdint.h>
#include <string.h>

#define BLOCK 64

typedef uint32_t lanes_t __attribute__((vector_size(4 * SM3_LANES)));

#define ROTATE(x, n) ((x) << (n) | (x) >> (32 - (n)))
#define SPREAD(x) ((x) ^ ROTATE(x, 9) ^ ROTATE(x, 17))
#define MIXED(x) ((x) ^ ROTATE(x, 15) ^ ROTATE(x, 23))

static const uint32_t initial[8] = { 0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc,
	0x163138aa, 0xe38dee4d, 0xb0fb0e4e };

size_t
sm3_lane_room(size_t size)
{
	return (size + 1 + 8 + BLOCK - 1) / BLOCK * BLOCK;
}

void
sm3_lane_pad(struct sm3_lane *lane, size_t size)
{
	size_t room = sm3_lane_room(size);
	uint64_t bits = (uint64_t)size * 8;

	lane->blocks = room / BLOCK;
	memset(lane->bytes + size, 0, room - size);
	lane->bytes[size] = 0x80;
	for (size_t i = 0; i < 8; i++)
		lane->bytes[room - 1 - i] = (unsigned char)(bits >> (8 * i));
}

static uint32_t
word_at(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

/* One round, by its two functions and its constant. */
#define ROUND(ff, gg, t)                                                                           \
	do {                                                                                       \
		lanes_t twelve = ROTATE(a, 12), sum = twelve + e + (t);                            \
		lanes_t ss1 = ROTATE(sum, 7), tt1 = (ff) + d + (ss1 ^ twelve) + (w[j] ^ w[j + 4]); \
		lanes_t tt2 = (gg) + h + ss1 + w[j];                                               \
		d = c;                                                                             \
		c = ROTATE(b, 9);                                                                  \
		b = a;                                                                             \
		a = tt1;                                                                           \
		h = g;                                                                             \
		g = ROTATE(f, 19);                                                                 \
		f = e;                                                                             \
		e = SPREAD(tt2);                                                                   \
	} while (0)

/* One block of each lane; a lane that has ended goes along with its first one, for nothing. */
static void
compress(lanes_t v[8], const struct sm3_lane *lanes, size_t count, size_t block)
{
	lanes_t w[68], a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6],
		       h = v[7];

	for (size_t i = 0; i < SM3_LANES; i++) {
		const struct sm3_lane *lane = &lanes[i < count ? i : 0];
		const unsigned char *at = lane->bytes + (block < lane->blocks ? block : 0) * BLOCK;

		for (size_t j = 0; j < 16; j++)
			w[j][i] = word_at(at + 4 * j);
	}
	for (size_t j = 16; j < 68; j++) {
		lanes_t x = w[j - 16] ^ w[j - 9] ^ ROTATE(w[j - 3], 15);

		w[j] = MIXED(x) ^ ROTATE(w[j - 13], 7) ^ w[j - 6];
	}
	uint32_t t = 0x79cc4519;
	for (unsigned j = 0; j < 16; j++, t = ROTATE(t, 1))
		ROUND(a ^ b ^ c, e ^ f ^ g, t);
	t = 0x9d8a7a87; /* 7a879d8a, turned by 16 */
	for (unsigned j = 16; j < 64; j++, t = ROTATE(t, 1))
		ROUND((a & (b | c)) | (b & c), (e & f) | (~e & g), t);
	const lanes_t now[8] = { a, b, c, d, e, f, g, h };
	for (size_t i = 0; i < 8; i++)
		v[i] ^= now[i];
}

void
sm3_lanes(struct sm3_lane *lanes, size_t count)
{
	lanes_t v[8];
	size_t most = 0;

	for (size_t i = 0; i < 8; i++)
		v[i] = (lanes_t){ 0 } + initial[i];
	for (size_t i = 0; i < count; i++)
		most = lanes[i].blocks > most ? lanes[i].blocks : most;
	for (size_t block = 0; block < most; block++) {
		compress(v, lanes, count, block);
		for (size_t i = 0; i < count; i++)
			for (size_t j = 0; j < 32 && lanes[i].blocks == block + 1; j++)
				lanes[i].digest[j] =
				    (unsigned char)(v[j / 4][i] >> (24 - 8 * (j % 4)));
	}
}
