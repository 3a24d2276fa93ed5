#ifndef FCGI_BASE_TIME_H
#define FCGI_BASE_TIME_H

#include <stdint.h>
#include <time.h>

/* Seconds. Times are Unix seconds; what people read is the clock of China, which has one all year. */
#define MINUTE INT64_C(60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define SHANGHAI_AHEAD (8 * HOUR) /* of UTC */

/* That moment as a calendar and a clock in China show it. */
struct tm time_shanghai(int64_t at);

#endif
