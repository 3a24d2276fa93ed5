#ifndef TESTS_FUZZ_INSPECT_ONE_H
#define TESTS_FUZZ_INSPECT_ONE_H

#include "handlers/upload/check/check.h"
#include "handlers/upload/check/foreign.h"
#include "tests/fuzz/fuzz.h"

/* Any bytes for one checker of files, in a room of exactly their size. */
#define FUZZ_CHECKER(check)                                                                        \
	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)                               \
	{                                                                                          \
		static unsigned char room[1 << 22];                                                \
		struct copy copy = { .room = room, .max = sizeof(room) };                          \
		struct bytes file = { data, size };                                                \
                                                                                                   \
		enum reason reason = check(file, &copy);                                           \
		must(reason < REASON_COUNT && copy.size <= copy.max);                              \
		must(check(file, &copy) == reason); /* nothing is left for the next */             \
		must(!foreign_inside(file, 0) || foreign_in_note(file));                           \
		return 0;                                                                          \
	}

#endif
