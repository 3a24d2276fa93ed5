#include "handlers/upload/check/inflate64.h"

#define WINDOW 65536u
#define BITS_MAX 15
#define LITERALS 288
#define DISTANCES 32
#define END_OF_BLOCK 256

struct stream {
	struct inflated *to;
	struct bytes data;
	size_t at; /* the next byte */
	uint64_t max;
	uint32_t held; /* bits read and not yet used, the lowest first */
	int bits;
	bool broken;
	unsigned filled; /* bytes of the window that were not given out */
	unsigned char window[WINDOW];
};

/* How many codes there are of each length, and the symbols in the order of their codes. */
struct code {
	uint16_t counts[BITS_MAX + 1], symbols[LITERALS];
};

static uint32_t
take(struct stream *s, int count)
{
	while (s->bits < count) {
		if (s->at >= s->data.size)
			s->broken = true;
		s->held |= u8(s->data, s->at++) << s->bits;
		s->bits += 8;
	}
	uint32_t value = s->held & ((1u << count) - 1);
	s->held >>= count;
	s->bits -= count;
	return value;
}

static void
give_out(struct stream *s)
{
	inflated_add(s->to, s->window, s->filled);
	s->filled = 0;
}

static void
put(struct stream *s, unsigned byte)
{
	s->window[s->filled++] = (unsigned char)byte;
	if (s->filled == WINDOW)
		give_out(s);
}

static void
make_code(struct code *c, const unsigned char lengths[], unsigned count)
{
	uint16_t next[BITS_MAX + 1] = { 0 };

	*c = (struct code){ 0 };
	for (unsigned i = 0; i < count; i++)
		c->counts[lengths[i]]++;
	c->counts[0] = 0;
	for (int i = 1; i < BITS_MAX; i++)
		next[i + 1] = (uint16_t)(next[i] + c->counts[i]);
	for (unsigned i = 0; i < count; i++)
		if (lengths[i] != 0)
			c->symbols[next[lengths[i]]++] = (uint16_t)i;
}

static unsigned
decode(struct stream *s, const struct code *c)
{
	int code = 0, first = 0, index = 0;

	for (int length = 1; length <= BITS_MAX && !s->broken; length++) {
		code |= (int)take(s, 1);
		int count = c->counts[length];
		if (code - count < first)
			return c->symbols[index + (code - first)];
		index += count;
		first = (first + count) << 1;
		code <<= 1;
	}
	s->broken = true;
	return END_OF_BLOCK;
}

static void
repeat(struct stream *s, const struct code *distances, unsigned symbol)
{
	static const uint16_t lengths[] = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31,
		35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 3 };
	static const unsigned char more[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3,
		3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 16 };

	if (symbol - 257 >= sizeof(more)) {
		s->broken = true;
		return;
	}
	uint32_t length = lengths[symbol - 257] + take(s, more[symbol - 257]);
	unsigned code = decode(s, distances);
	int bits = code < 4 ? 0 : (int)code / 2 - 1;
	uint32_t distance = code < 4 ? code + 1 : ((2 + (code & 1)) << bits) + 1;
	distance += take(s, bits);
	if (code >= DISTANCES || distance > s->to->size + s->filled) {
		s->broken = true;
		return;
	}
	for (; length > 0; length--)
		put(s, s->window[(s->filled + WINDOW - distance) % WINDOW]);
}

static void
packed_block(struct stream *s, const struct code *literals, const struct code *distances)
{
	while (!s->broken && s->to->size <= s->max) {
		unsigned symbol = decode(s, literals);

		if (symbol == END_OF_BLOCK)
			return;
		if (symbol < END_OF_BLOCK)
			put(s, symbol);
		else
			repeat(s, distances, symbol);
	}
}

static void
stored_block(struct stream *s)
{
	s->held = 0;
	s->bits = 0;
	unsigned length = le16(s->data, s->at), other = le16(s->data, s->at + 2);

	s->at += 4;
	if (length != (~other & 0xffff) || !has(s->data, s->at, length)) {
		s->broken = true;
		return;
	}
	for (unsigned i = 0; i < length; i++)
		put(s, u8(s->data, s->at++));
}

static void
fixed_block(struct stream *s)
{
	unsigned char lengths[LITERALS];
	struct code literals, distances;

	memset(lengths, 8, 144);
	memset(lengths + 144, 9, 112);
	memset(lengths + 256, 7, 24);
	memset(lengths + 280, 8, 8);
	make_code(&literals, lengths, LITERALS);
	memset(lengths, 5, DISTANCES);
	make_code(&distances, lengths, DISTANCES);
	packed_block(s, &literals, &distances);
}

/* Lengths of codes are packed themselves: some of them say that others follow. */
static void
read_lengths(struct stream *s, const struct code *code, unsigned char lengths[], unsigned count)
{
	for (unsigned i = 0; i < count && !s->broken;) {
		unsigned symbol = decode(s, code);

		if (symbol < 16) {
			lengths[i++] = (unsigned char)symbol;
			continue;
		}
		unsigned char value = symbol == 16 && i > 0 ? lengths[i - 1] : 0;
		unsigned times = symbol == 16   ? 3 + take(s, 2)
				 : symbol == 17 ? 3 + take(s, 3)
						: 11 + take(s, 7);
		if (symbol > 18 || i + times > count || (symbol == 16 && i == 0))
			s->broken = true;
		else
			for (; times > 0; times--)
				lengths[i++] = value;
	}
}

static void
own_block(struct stream *s)
{
	static const unsigned char order[19] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13,
		2, 14, 1, 15 };
	unsigned char lengths[LITERALS + DISTANCES] = { 0 };
	unsigned literals_count = 257 + take(s, 5), distances_count = 1 + take(s, 5);
	unsigned count = 4 + take(s, 4);
	struct code literals, distances;

	for (unsigned i = 0; i < count; i++)
		lengths[order[i]] = (unsigned char)take(s, 3);
	make_code(&literals, lengths, 19);
	memset(lengths, 0, sizeof(lengths));
	read_lengths(s, &literals, lengths, literals_count + distances_count);
	if (literals_count > LITERALS)
		s->broken = true;
	if (s->broken)
		return;
	make_code(&literals, lengths, literals_count);
	make_code(&distances, lengths + literals_count, distances_count);
	packed_block(s, &literals, &distances);
}

void
inflate64(struct inflated *i, struct bytes data, uint64_t max)
{
	static struct stream stream;
	struct stream *s = &stream;
	bool last = false;

	s->to = i;
	s->data = data;
	s->max = max;
	s->at = s->held = s->filled = 0;
	s->bits = 0;
	s->broken = false;
	while (!last && !s->broken && i->size <= max) {
		last = take(s, 1) == 1;
		unsigned type = take(s, 2);

		if (type == 0)
			stored_block(s);
		else if (type == 1)
			fixed_block(s);
		else if (type == 2)
			own_block(s);
		else
			s->broken = true;
	}
	give_out(s);
	i->used = s->at - (size_t)(s->bits / 8);
	i->whole = last && !s->broken && i->size <= max;
}
