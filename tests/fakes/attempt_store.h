#ifndef TESTS_FAKES_ATTEMPT_STORE_H
#define TESTS_FAKES_ATTEMPT_STORE_H

/*
 * Stands in for sql/account/attempt.c and sql/account/known_device.c: buckets and browsers as
 * small tables. Tries are counted for good, whatever else is rolled back.
 */
void attempt_store_clear(void);

#endif
