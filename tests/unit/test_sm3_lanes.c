/* Several digests at once are those that OpenSSL makes one by one. */
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/random.h"
#include "fcgi/crypto/sm3_lanes.h"
#include "tests/support/suite.h"

#define LONGEST 1000

static void
lanes_of_any_length_have_the_digest_of_their_bytes(void)
{
	static unsigned char bytes[SM3_LANES][LONGEST + 128];
	struct sm3_lane lanes[SM3_LANES];

	for (size_t round = 0; round < 500; round++) {
		size_t count = round % SM3_LANES + 1, sizes[SM3_LANES];
		unsigned char digest[SM3_SIZE];

		for (size_t i = 0; i < count; i++) {
			sizes[i] = round < 200 ? round + i : (round * 37 + i * 311) % LONGEST;
			random_bytes(bytes[i], sizes[i]);
			CU_ASSERT_TRUE_FATAL(sm3_lane_room(sizes[i]) <= sizeof(bytes[i]));
			lanes[i].bytes = bytes[i];
			sm3_lane_pad(&lanes[i], sizes[i]);
		}
		sm3_lanes(lanes, count);
		for (size_t i = 0; i < count; i++) {
			sm3(bytes[i], sizes[i], digest);
			CU_ASSERT_EQUAL(memcmp(digest, lanes[i].digest, SM3_SIZE), 0);
		}
	}
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "lanes of any length have the digest of their bytes",
		    lanes_of_any_length_have_the_digest_of_their_bytes },
		CU_TEST_INFO_NULL,
	};

	return run_suite("sm3_lanes", tests);
}
