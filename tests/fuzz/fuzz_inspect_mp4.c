#include "tests/fuzz/inspect_one.h"

FUZZ_CHECKER(inspect_mp4)
