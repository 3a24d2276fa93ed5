#include "handlers/upload/check/scan.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "pairs of bytes are read as numbers");

/* One bit for each pair of bytes: does a mark begin so; has one these as its second and third? */
typedef uint32_t pairs[65536 / 32];
static pairs firsts, any;

/* For each half of a byte the groups, one bit each, that have it: for the first three bytes. */
static unsigned char low[3][16], high[3][16];

static void
note(pairs to, char first, char second)
{
	unsigned pair = (unsigned char)first | (unsigned)(unsigned char)second << 8;

	to[pair / 32] |= 1u << pair % 32;
}

void
scan_add(const char *three, unsigned group)
{
	note(firsts, three[0], three[1]);
	note(any, three[0], three[1]);
	note(any, three[1], three[2]);
	for (int i = 0; i < 3; i++) {
		low[i][(unsigned char)three[i] & 15] |= (unsigned char)(1u << group);
		high[i][(unsigned char)three[i] >> 4] |= (unsigned char)(1u << group);
	}
}

static inline uint32_t
is_noted(const pairs in, uint64_t bytes)
{
	unsigned pair = bytes & 0xffff;

	return in[pair / 32] >> pair % 32 & 1;
}

/*
 * By pairs. Every second one is enough: a mark shows in the pair at its first byte or in the one
 * at its second.
 */
static size_t
next_by_pairs(struct bytes area, size_t from)
{
	for (size_t at = from - from % 2; at + 1 < area.size; at += 2) {
		uint64_t bytes;

		if (has(area, at, sizeof(bytes))) {
			memcpy(&bytes, area.at + at, sizeof(bytes));
			if (!(is_noted(any, bytes) | is_noted(any, bytes >> 16) |
				is_noted(any, bytes >> 32) | is_noted(any, bytes >> 48))) {
				at += 6;
				continue;
			}
		}
		if (!is_noted(any, le16(area, at)))
			continue;
		if (at > from && is_noted(firsts, le16(area, at - 1)))
			return at - 1;
		if (at >= from && is_noted(firsts, le16(area, at)))
			return at;
	}
	return area.size;
}

#ifdef __x86_64__
#define BLOCK 32

/* Sixteen bytes of a table, twice: each half of a register is looked up by itself. */
__attribute__((target("avx2"))) static inline __m256i
table(const unsigned char of[16])
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)of));
}

/* For 32 bytes, the groups that have each as byte i of a mark. */
__attribute__((target("avx2"))) static inline __m256i
groups(const unsigned char *at, int i)
{
	const __m256i half = _mm256_set1_epi8(15);
	__m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(at + i));
	__m256i l = _mm256_shuffle_epi8(table(low[i]), _mm256_and_si256(bytes, half));
	__m256i h = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);

	return _mm256_and_si256(l, _mm256_shuffle_epi8(table(high[i]), h));
}

/* Which of the 32 places at `at` may be beginnings: those where a group has all three bytes. */
__attribute__((target("avx2"))) static inline uint32_t
places(const unsigned char *at)
{
	__m256i all = _mm256_and_si256(groups(at, 0), groups(at, 1));

	all = _mm256_and_si256(all, groups(at, 2));
	return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(all, _mm256_setzero_si256()));
}

__attribute__((target("avx2"))) static size_t
next_by_blocks(struct bytes area, size_t at)
{
	for (; has(area, at, BLOCK + 2); at += BLOCK)
		for (uint32_t found = places(area.at + at); found; found &= found - 1) {
			size_t place = at + (unsigned)__builtin_ctz(found);

			if (is_noted(firsts, le16(area, place)))
				return place;
		}
	return next_by_pairs(area, at);
}

size_t
scan_next(struct bytes area, size_t at)
{
	return __builtin_cpu_supports("avx2") ? next_by_blocks(area, at) : next_by_pairs(area, at);
}
#else
size_t
scan_next(struct bytes area, size_t at)
{
	return next_by_pairs(area, at);
}
#endif
