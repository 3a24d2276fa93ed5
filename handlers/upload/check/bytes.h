#ifndef HANDLERS_UPLOAD_CHECK_BYTES_H
#define HANDLERS_UPLOAD_CHECK_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * A run of bytes from a stranger. Nothing here reads outside of it: what lies
 * beyond the end is 0, so a length or offset from the file may be used at once
 * and has to be compared with `size` only where 0 could be mistaken for content.
 */
struct bytes {
	const unsigned char *at;
	size_t size;
};

/* Do len bytes stand at pos? */
static inline bool
has(struct bytes b, uint64_t pos, uint64_t len)
{
	return pos <= b.size && len <= b.size - pos;
}

/* The len bytes at pos, or as many as there are. */
static inline struct bytes
part(struct bytes b, uint64_t pos, uint64_t len)
{
	size_t from = pos < b.size ? (size_t)pos : b.size;

	return (struct bytes){ b.at + from, len < b.size - from ? (size_t)len : b.size - from };
}

static inline struct bytes
after(struct bytes b, uint64_t pos)
{
	return part(b, pos, b.size);
}

static inline bool
holds(struct bytes b, uint64_t pos, const char *what, size_t len)
{
	return has(b, pos, len) && memcmp(b.at + pos, what, len) == 0;
}
/* Do the bytes of a literal stand at pos? */
#define HOLDS(b, pos, literal) holds((b), (pos), (literal), sizeof(literal) - 1)

static inline unsigned
u8(struct bytes b, uint64_t pos)
{
	return pos < b.size ? b.at[pos] : 0;
}

static inline unsigned
le16(struct bytes b, uint64_t pos)
{
	return u8(b, pos) | u8(b, pos + 1) << 8;
}

static inline uint32_t
le32(struct bytes b, uint64_t pos)
{
	return le16(b, pos) | (uint32_t)le16(b, pos + 2) << 16;
}

static inline uint64_t
le64(struct bytes b, uint64_t pos)
{
	return le32(b, pos) | (uint64_t)le32(b, pos + 4) << 32;
}

static inline unsigned
be16(struct bytes b, uint64_t pos)
{
	return u8(b, pos) << 8 | u8(b, pos + 1);
}

static inline uint32_t
be32(struct bytes b, uint64_t pos)
{
	return (uint32_t)be16(b, pos) << 16 | be16(b, pos + 2);
}

static inline uint64_t
be64(struct bytes b, uint64_t pos)
{
	return (uint64_t)be32(b, pos) << 32 | be32(b, pos + 4);
}

/* Where `what` first stands at or after pos; b.size when nowhere. */
static inline size_t
find(struct bytes b, size_t pos, const char *what, size_t len)
{
	const unsigned char *p = pos < b.size ? memmem(b.at + pos, b.size - pos, what, len) : NULL;

	return p ? (size_t)(p - b.at) : b.size;
}
#define FIND(b, pos, literal) find((b), (pos), (literal), sizeof(literal) - 1)

#endif
